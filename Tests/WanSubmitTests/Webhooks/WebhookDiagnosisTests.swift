import Foundation
import Testing

@testable import WanSubmit

struct WebhookDiagnosisTests {
  /// How a body was changed on its way, and the words that say so.
  struct Change: Sendable, CustomTestStringConvertible {
    var sent: String
    var came: String
    var words: String
    var testDescription: String { words }
  }

  private static let json = #"{"task_id":"t","urls":["https://a/b, c: d"]}"#
  private static let spaced = #"{"task_id": "t", "urls": ["https://a/b, c: d"]}"#
  private static let escaped = #"{"task_id":"t","urls":["https:\/\/a\/b, c: d"]}"#
  private static let pretty = "{\n  \"task_id\" : \"t\",\n  \"urls\" : [\n    \"https://a/b, c: d\"\n  ]\n}"

  private func diagnose(
    _ webhook: CapturedWebhook, _ headers: [(name: String, value: String)]? = nil, body: String? = nil,
    secret: String = CapturedWebhook.secret, now: Double = Double(CapturedWebhook.time)
  ) -> WebhookDiagnosis {
    WebhookVerifier(secrets: [secret].compactMap { WebhookSecret($0) }).diagnose(
      headers ?? webhook.headers(), body: body.map { Array($0.utf8) } ?? webhook.body, now: now)
  }

  @Test(arguments: [
    Change(sent: json, came: json + "\n", words: "line end after the body is left out"),
    Change(sent: json, came: json + "\r\n", words: "line end after the body is left out"),
    Change(sent: json + "\n", came: json, words: "a line feed follows"),
    Change(sent: json + "\n", came: json + "\r\n", words: "a line feed follows"),
    Change(sent: json + "\r\n", came: json, words: "a carriage return and a line feed follow"),
    Change(
      sent: pretty, came: pretty.replacing("\n", with: "\r\n"), words: "lines end with a line feed only"),
    Change(
      sent: pretty.replacing("\n", with: "\r\n"), came: pretty, words: "lines end with a carriage return"),
    Change(sent: json, came: "\u{FEFF}" + json, words: "byte order mark is left out"),
    Change(sent: "\u{FEFF}" + json, came: json, words: "byte order mark precedes"),
    Change(sent: json, came: spaced, words: "without white space"),
    Change(sent: json, came: pretty, words: "without white space"),
    Change(sent: spaced, came: json, words: "with a space after each colon and comma"),
    Change(sent: spaced, came: pretty, words: "with a space after each colon and comma"),
    Change(sent: json, came: escaped, words: "with plain slashes"),
    Change(sent: escaped, came: json, words: #"with slashes as \/"#),
    Change(sent: escaped, came: spaced, words: #"with slashes as \/"#),
    Change(sent: spaced, came: escaped, words: "a space after each colon and comma, and with plain slashes"),
  ])
  func aChangedBodyIsRecognisedAndStillRefused(_ change: Change) {
    let webhook = CapturedWebhook(body: Array(change.sent.utf8))
    let diagnosis = diagnose(webhook, body: change.came)
    #expect(diagnosis.verdict.problem?.code == .wrongSignature)
    #expect(diagnosis.hint?.contains(change.words) == true, "\(diagnosis.hint ?? "none")")
  }

  @Test func aChangeThatExplainsNothingIsNotGuessed() {
    let diagnosis = diagnose(CapturedWebhook(), body: Self.json)
    #expect(diagnosis.verdict.problem?.code == .wrongSignature)
    #expect(diagnosis.hint == nil)
    #expect(diagnosis.id == CapturedWebhook().id)
    #expect(diagnosis.timestamp == CapturedWebhook.time)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var key: String
    var configured: String
    var words: String
    var testDescription: String { words }
  }

  @Test(arguments: [
    Mistake(key: "plain secret\n", configured: "plain secret", words: "a line feed follows the secret"),
    Mistake(key: "plain secret", configured: "\"plain secret\"", words: "quotes"),
    Mistake(key: "plain secret", configured: "cGxhaW4gc2VjcmV0", words: "write whsec_ before it"),
    Mistake(key: "cGxhaW4gc2VjcmV0", configured: "whsec_cGxhaW4gc2VjcmV0", words: "whsec_ is not part"),
  ])
  func aSecretInAnotherFormIsRecognisedAndStillRefused(_ mistake: Mistake) {
    let webhook = CapturedWebhook()
    let headers = webhook.headers(signature: webhook.signature(mistake.key))
    let diagnosis = diagnose(webhook, headers, secret: mistake.configured)
    #expect(diagnosis.verdict.problem?.code == .wrongSignature)
    #expect(diagnosis.hint?.contains(mistake.words) == true, "\(diagnosis.hint ?? "none")")
    #expect(diagnosis.hint?.contains("plain secret") == false)
  }

  @Test(arguments: ["hex", "bare", "other version mark", "base64url", "unpadded"])
  func aSignatureInAnotherFormIsRecognisedAndStillRefused(_ form: String) {
    let webhook = CapturedWebhook()
    let base64 = String(webhook.signature().dropFirst(3))
    let digits = webhook.code().map { String(format: "%02X", $0) }.joined()
    let value =
      switch form {
      case "hex": "v1,\(digits)"
      case "bare": base64
      case "other version mark": "sha256=\(digits.lowercased())"
      case "base64url":
        "v1," + base64.replacing("/", with: "_").replacing("+", with: "-").replacing("=", with: "")
      default: "v1," + base64.replacing("=", with: "")
      }
    let diagnosis = diagnose(webhook, webhook.headers(signature: value))
    #expect(diagnosis.verdict.delivery == nil)
    #expect(diagnosis.hint?.contains("must be written `v1,<base64>`") == true, "\(diagnosis)")
    let other = diagnose(webhook, webhook.headers(signature: value), body: "{}")
    #expect(other.verdict.delivery == nil && other.hint == nil)
  }

  @Test func ofATimeOutsideTheWindowItSaysWhetherTheRestFits() {
    let webhook = CapturedWebhook()
    let late = Double(CapturedWebhook.time) + 4000
    #expect(diagnose(webhook, now: late).hint == "the signature fits: only the time is wrong")
    #expect(diagnose(webhook, body: "{}", now: late).hint == "the signature does not fit either")
    let milliseconds = webhook.with { $0.timestamp += "000" }
    #expect(diagnose(milliseconds).verdict.problem?.code == .tooNew)
    #expect(diagnose(milliseconds).hint?.hasSuffix("the time looks like milliseconds") == true)
  }

  @Test(arguments: ["HTTP_WEBHOOK_ID", "svix-id", "X-Webhook-Id"])
  func aHeaderOfASimilarNameIsPointedOut(_ name: String) {
    let webhook = CapturedWebhook()
    let headers = webhook.headers().map { $0.name == "webhook-id" ? (name: name, value: $0.value) : $0 }
    let diagnosis = diagnose(webhook, headers)
    #expect(diagnosis.verdict.problem?.code == .missingHeader)
    #expect(diagnosis.hint?.contains(name) == true)
    #expect(diagnosis.id == nil)
  }

  @Test func theGenuineNeedsNoHint() {
    let diagnosis = diagnose(CapturedWebhook())
    #expect(diagnosis.verdict.delivery != nil)
    #expect(diagnosis.hint == nil)
  }

  @Test(
    arguments: [
      (0, "0 s"), (0.04, "0 s"), (0.5, "0.5 s"), (300.2, "300.2 s"), (3599, "3599 s"), (3600, "60 min"),
      (7200, "2 h"), (172_800, "2 days"), (1e18, "ages"), (.infinity, "ages"), (.nan, "ages"),
    ] as [(Double, String)])
  func spansOfTimeAreWords(_ seconds: Double, _ words: String) {
    #expect(ElapsedTime.words(seconds) == words)
  }
}

import Foundation
import Testing
import WanSubmit

struct WebhookVerifierTests {
  /// A secret, and what another program makes of it.
  struct KnownAnswer: Sendable, CustomTestStringConvertible {
    var secret: String
    var signature: String
    var testDescription: String { secret }
  }

  // printf '%s' "$id.$timestamp.$body" | openssl dgst -sha256 -hmac "$secret" -binary | base64
  // and, where the secret is bytes: openssl dgst -sha256 -mac HMAC -macopt "hexkey:$digits" -binary | base64
  private static let ofBytes = "+BSwFR0hQnYJfGbySHVszPM22fJrdvGpi7ixqvFUMMc="
  private static let digits = "000102030405060708090a0b0c0d0e0f101112131415161718"
  private static let base64 = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA=="

  @Test(arguments: [
    KnownAnswer(secret: CapturedWebhook.secret, signature: "v4bUfK2Pwmj0NVELb3MZP8JpxX2PRQPkdA0buzwW5aI="),
    KnownAnswer(
      secret: " \(CapturedWebhook.secret)\n", signature: "v4bUfK2Pwmj0NVELb3MZP8JpxX2PRQPkdA0buzwW5aI="),
    KnownAnswer(secret: base64, signature: ofBytes),
    KnownAnswer(secret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA", signature: ofBytes),
    KnownAnswer(secret: base64, signature: "lO5wgjBtxaXdun57tSwk+FMQhPHQwKSRQ3hFjG4PK1U="),
    KnownAnswer(secret: digits, signature: ofBytes),
    KnownAnswer(secret: digits.uppercased(), signature: ofBytes),
    KnownAnswer(secret: digits, signature: "vMVAnTII4NFgpFbSVI40f81WgwW6ftPuaAUK7ubvRhU="),
  ])
  func anotherProgramSignsTheSame(_ known: KnownAnswer) throws {
    let webhook = CapturedWebhook()
    let verifier = WebhookVerifier(secrets: [try #require(WebhookSecret(known.secret))])
    let verdict = verifier.verify(
      webhook.headers(signature: "v1,\(known.signature)"), body: webhook.body, now: 1_700_000_010)
    let delivery = try #require(verdict.delivery, "\(verdict)")
    #expect(delivery.id == webhook.id)
    #expect(delivery.timestamp == CapturedWebhook.time)
    #expect(delivery.body == webhook.body)
  }

  /// A form that a genuine webhook can have.
  struct Genuine: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var received: Received

    init(_ description: String, _ received: Received) {
      testDescription = description
      self.received = received
    }
  }

  private static let webhook = CapturedWebhook()
  private static let time = Double(CapturedWebhook.time)
  private static let other = "v1," + Data(repeating: 7, count: 32).base64EncodedString()

  private static let genuine: [Genuine] = {
    let capitals = webhook.headers().map { (name: $0.name.uppercased(), value: $0.value) }
    let spaced = webhook.headers().map { (name: $0.name, value: " \t\($0.value)  ") }
    let binary = webhook.with { $0.body = [0xFF, 0x00, 0xFE, 0x0D, 0x0A] }
    let empty = webhook.with { $0.body = [] }
    let zeros = webhook.with { $0.timestamp = "0001700000000" }
    let dotted = webhook.with { $0.id = "msg.a1.b" }
    let long = webhook.with { $0.id = String(repeating: "i", count: 256) }
    let many = (Array(repeating: other, count: 31) + [webhook.signature()]).joined(separator: " ")
    return [
      Genuine("names in capitals", Received(capitals)),
      Genuine("white space around values", Received(spaced)),
      Genuine("headers in another order", Received(webhook.headers().reversed())),
      Genuine("300 s old", Received(webhook.headers(), now: time + 300)),
      Genuine("300 s ahead", Received(webhook.headers(), now: time - 300)),
      Genuine("a body that is not text", Received(binary.headers(), binary)),
      Genuine("an empty body", Received(empty.headers(), empty)),
      Genuine("zeros before the time", Received(zeros.headers(), zeros)),
      Genuine("dots in the id", Received(dotted.headers(), dotted)),
      Genuine("the longest id", Received(long.headers(), long)),
      Genuine(
        "another signature first", Received(webhook.headers(signature: "\(other) \(webhook.signature())"))),
      Genuine(
        "another version first", Received(webhook.headers(signature: "v1a,AAAA v2,x \(webhook.signature())"))),
      Genuine(
        "a cut signature first", Received(webhook.headers(signature: "v1,AAAA  \(webhook.signature())"))),
      Genuine("32 signatures", Received(webhook.headers(signature: many))),
    ]
  }()

  @Test(arguments: genuine) func everyGenuineFormIsAccepted(_ form: Genuine) {
    #expect(form.received.verdict().delivery != nil, "\(form.received.verdict())")
  }

  @Test func anyOfSeveralSecretsWillDo() throws {
    let other = try #require(WebhookSecret("another secret"))
    let signed = Received(Self.webhook.headers(signature: Self.webhook.signature("another secret")))
    #expect(signed.verdict().problem?.code == .wrongSignature)
    #expect(signed.verdict([other]).delivery != nil)
    #expect(Received(Self.webhook.headers()).verdict([other]).delivery != nil)
  }

  @Test func withoutASecretNothingIsGenuine() {
    let verifier = WebhookVerifier(secrets: [])
    let verdict = verifier.verify(Self.webhook.headers(), body: Self.webhook.body, now: Self.time)
    #expect(verdict.problem?.code == .noSecret)
  }

  @Test func theWindowIsTheCallers() throws {
    let verifier = WebhookVerifier(
      secrets: [try #require(WebhookSecret(CapturedWebhook.secret))], tolerance: .milliseconds(1500))
    for (now, code) in [(1.5, nil), (1.75, .tooOld), (-1.5, nil), (-1.75, .tooNew)]
      as [(Double, WebhookProblem.Code?)]
    {
      let verdict = verifier.verify(Self.webhook.headers(), body: Self.webhook.body, now: Self.time + now)
      #expect(verdict.problem?.code == code, "\(now)")
    }
  }
}

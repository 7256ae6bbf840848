import Foundation
import Testing
import WanSubmit

/// Everything that a sender without the secret can send, or send again.
struct WebhookForgeryTests {
  struct Forgery: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: WebhookProblem.Code
    var received: Received

    init(_ code: WebhookProblem.Code, _ description: String, _ received: Received) {
      self.code = code
      testDescription = "\(description) → \(code.rawValue)"
      self.received = received
    }

    /// The genuine headers with other values, without a signature for these.
    init(_ code: WebhookProblem.Code, _ name: String, _ value: String) {
      let headers = webhook.headers().map { $0.name == name ? (name: name, value: value) : $0 }
      self.init(code, "\(name): \(value.prefix(40))", Received(headers))
    }

    /// The genuine headers with another body.
    init(_ description: String, body: [UInt8]) {
      self.init(.wrongSignature, description, Received(webhook.headers(), webhook.with { $0.body = body }))
    }
  }

  private static let webhook = CapturedWebhook()
  private static let time = Double(CapturedWebhook.time)
  private static let names = ["webhook-id", "webhook-timestamp", "webhook-signature"]

  private static let headers: [Forgery] =
    names.flatMap { name in
      let own = webhook.headers().first { $0.name == name }?.value ?? ""
      return [
        Forgery(.missingHeader, "no \(name)", Received(webhook.headers().filter { $0.name != name })),
        Forgery(.duplicateHeader, "\(name) twice", Received(webhook.headers() + [(name: name, value: own)])),
        Forgery(
          .duplicateHeader, "\(name) and another in capitals",
          Received([(name: name.uppercased(), value: "x")] + webhook.headers())),
        Forgery(
          .missingHeader, "\(name) with an underscore",
          Received(
            webhook.headers().map { $0.name == name ? ("webhook_" + name.dropFirst(8), $0.value) : $0 })),
        // The Kelvin sign is a K to Unicode's lower case, and to no HTTP server.
        Forgery(
          .missingHeader, "\(name) with a Kelvin sign",
          Received(
            webhook.headers().map { $0.name == name ? (name.replacing("k", with: "\u{212A}"), $0.value) : $0 }
          )),
      ]
    } + [
      Forgery(.missingHeader, "no headers", Received([])),
      Forgery(
        .malformedTimestamp, "id and time swapped",
        Received(webhook.with { ($0.id, $0.timestamp) = ($0.timestamp, $0.id) }.headers())),
    ]

  private static let ids: [Forgery] = [
    Forgery(.malformedID, "webhook-id", ""),
    Forgery(.malformedID, "webhook-id", " \t"),
    Forgery(.malformedID, "webhook-id", "two words"),
    Forgery(.malformedID, "webhook-id", "msg_é"),
    Forgery(.malformedID, "webhook-id", "msg\u{0}"),
    Forgery(.malformedID, "webhook-id", "msg\u{1B}[31m"),
    Forgery(.malformedID, "webhook-id", String(repeating: "i", count: 257)),
    Forgery(.wrongSignature, "webhook-id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4X"),
    Forgery(.wrongSignature, "webhook-id", "MSG_2KWPBGLLAFXDPX2AI54PPJ85F4W"),
  ]

  private static let times: [Forgery] =
    [
      "", "1e9", "-1", "+1700000000", "1700000000.0", "0x6553f100", "1 700 000 000", "17000000OO",
      "١٧٠٠٠٠٠٠٠٠",
    ]
    .map { Forgery(.malformedTimestamp, "webhook-timestamp", $0) } + [
      Forgery(.malformedTimestamp, "webhook-timestamp", "9223372036854775808"),
      Forgery(.malformedTimestamp, "webhook-timestamp", String(repeating: "9", count: 400)),
      Forgery(.tooNew, "webhook-timestamp", "9223372036854775807"),
      Forgery(.tooNew, "webhook-timestamp", "1700000000000"),
      Forgery(.tooOld, "webhook-timestamp", " 12"),
      Forgery(.tooOld, "webhook-timestamp", "0"),
      Forgery(.wrongSignature, "webhook-timestamp", "1700000001"),
      Forgery(.wrongSignature, "webhook-timestamp", "01700000000"),
      Forgery(.tooOld, "sent again after the window", Received(webhook.headers(), now: time + 300.001)),
      Forgery(.tooNew, "from the future", Received(webhook.headers(), now: time - 300.001)),
      Forgery(.tooOld, "a clock that says NaN", Received(webhook.headers(), now: .nan)),
      Forgery(.tooOld, "a clock that says infinity", Received(webhook.headers(), now: .infinity)),
      Forgery(.tooNew, "a clock before time", Received(webhook.headers(), now: -.infinity)),
    ]

  private static let signatures: [Forgery] = {
    let own = webhook.signature()
    let digits = webhook.code().map { String(format: "%02x", $0) }.joined()
    let otherBytes = webhook.code().map { $0 ^ 1 }
    let long = Data(webhook.code() + [0]).base64EncodedString()
    let name = "webhook-signature"
    return [
      Forgery(.malformedSignature, name, ""),
      Forgery(.malformedSignature, name, "  "),
      Forgery(.malformedSignature, name, "v1,"),
      Forgery(.malformedSignature, name, "v1,AAAA"),
      Forgery(.malformedSignature, name, "v1,!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"),
      Forgery(.malformedSignature, name, "v1,\(digits)"),
      Forgery(.malformedSignature, name, String(own.dropLast())),
      Forgery(.malformedSignature, name, own + "="),
      Forgery(.malformedSignature, name, own + "," + own),
      Forgery(.malformedSignature, name, "v1,\(long)"),
      Forgery(.malformedSignature, name, "v1, " + own.dropFirst(3)),
      Forgery(.malformedSignature, name, Array(repeating: own, count: 33).joined(separator: " ")),
      Forgery(.malformedSignature, name, Array(repeating: own, count: 10_000).joined(separator: " ")),
      Forgery(
        .malformedSignature, name, Array(repeating: "v2,x", count: 10_000).joined(separator: " ") + " " + own),
      Forgery(.noKnownSignatureVersion, name, "v2," + own.dropFirst(3)),
      Forgery(.noKnownSignatureVersion, name, "v1a," + own.dropFirst(3)),
      Forgery(.noKnownSignatureVersion, name, "V1," + own.dropFirst(3)),
      Forgery(.noKnownSignatureVersion, name, String(own.dropFirst(3))),
      Forgery(.noKnownSignatureVersion, name, "v1=" + own.dropFirst(3)),
      Forgery(.noKnownSignatureVersion, name, "," + own.dropFirst(3)),
      Forgery(.noKnownSignatureVersion, name, "v2,x v3,y"),
      Forgery(.wrongSignature, name, "v1," + Data(otherBytes).base64EncodedString()),
      Forgery(.wrongSignature, name, "v1," + Data(count: 32).base64EncodedString()),
      Forgery(.wrongSignature, name, "v1," + own.dropFirst(3).lowercased()),
      Forgery(.wrongSignature, name, webhook.signature("another secret")),
      Forgery(.wrongSignature, name, webhook.signature("")),
      Forgery(.wrongSignature, name, webhook.with { $0.id = "another" }.signature()),
      Forgery(.wrongSignature, name, webhook.with { $0.timestamp = "1700000001" }.signature()),
    ]
  }()

  private static let bodies: [Forgery] = {
    let body = webhook.body
    return [
      Forgery("an empty body", body: []),
      Forgery("the last byte missing", body: body.dropLast()),
      Forgery("half of it", body: Array(body.prefix(body.count / 2))),
      Forgery("a byte more", body: body + [0x20]),
      Forgery("a line feed more", body: body + [0x0A]),
      Forgery("a zero more", body: body + [0]),
      Forgery("twice", body: body + body),
      Forgery("a bit changed", body: [body[0] ^ 1] + body.dropFirst()),
      Forgery(
        "another status", body: Array(CapturedWebhook.payload.replacing("COMPLETED", with: "FAILED").utf8)),
      Forgery("not UTF-8", body: [0xFF, 0xFE]),
    ]
  }()

  @Test(arguments: headers + ids + times + signatures + bodies)
  func noForgeryIsAccepted(_ forgery: Forgery) {
    let problem = forgery.received.verdict().problem
    #expect(problem?.code == forgery.code)
    // What a stranger wrote may be quoted, but moves no terminal, and is short.
    #expect(problem?.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } == true)
    #expect((problem?.message.count ?? .max) < 300)
  }

  /// Dots join id, time and body: the same bytes split elsewhere have the same signature.
  @Test func whatWasSignedCannotBeSplitElsewhere() {
    let genuine = CapturedWebhook(body: Array("1700000001.{}".utf8))
    #expect(Received(genuine.headers(), genuine).verdict().delivery != nil)
    let shifted = CapturedWebhook(
      id: "\(genuine.id).\(genuine.timestamp)", timestamp: "1700000001", body: Array("{}".utf8))
    #expect(shifted.code() == genuine.code())
    let verdict = Received(shifted.headers(signature: genuine.signature()), shifted).verdict()
    #expect(verdict.problem?.code == .malformedID)
  }
}

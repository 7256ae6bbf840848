import NIOHTTP1
import Testing

@testable import AssetSource

@Suite struct RefusalReasonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let body: String
    var headers: [(String, String)] = []
    let reason: String?
    var isBotChallenge = false
    var testDescription: String { String(body.prefix(60)) }
  }

  @Test(arguments: [
    Case(
      body:
        "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
      reason: "AccessDenied (Request has expired)"),
    Case(body: "<Error><Code>NoSuchKey</Code></Error>", reason: "NoSuchKey"),
    Case(body: #"{"message": "Invalid signature"}"#, reason: "Invalid signature"),
    Case(body: #"{"error": {"code": 403, "message": "denied"}}"#, reason: "denied"),
    Case(body: #"{"errors": [{"detail": "no"}]}"#, reason: "no"),
    Case(body: #"{"Error": "jwt expired", "statusCode": "400"}"#, reason: "jwt expired"),
    Case(body: "<html><head><title>403 Forbidden</title></head>", reason: "\"403 Forbidden\""),
    Case(
      body: "link has expired\nmore", headers: [("Content-Type", "text/plain; charset=utf-8")],
      reason: "link has expired"),
    Case(
      body: "<title>Just a moment...</title>",
      reason: "Cloudflare requires proof that the client is a person (a bot challenge)",
      isBotChallenge: true),
    Case(
      body: "", headers: [("cf-mitigated", "challenge")],
      reason: "Cloudflare requires proof that the client is a person (a bot challenge)", isBotChallenge: true),
    Case(
      body: "", headers: [("x-amzn-waf-action", "challenge")],
      reason: "AWS WAF requires proof that the client is a person (a bot challenge)", isBotChallenge: true),
    Case(
      body: "<script src=\"https://ct.captcha-delivery.com/c.js\">",
      reason: "DataDome requires proof that the client is a person (a bot challenge)", isBotChallenge: true),
    Case(body: "", reason: nil), Case(body: "\u{89}PNG", reason: nil),
    Case(body: "{\"message\"", reason: nil),
    Case(body: "{}", reason: nil), Case(body: String(repeating: "{\"error\":", count: 1500), reason: nil),
    // What a server repeats of the request is a secret still.
    Case(
      body: "<Error><Code>X</Code><Message>https://h.net/a?Signature=s3cret /a?sig=s3cret</Message></Error>",
      reason: "X (https://h.net/a?… /a?…"),
    Case(body: "{\"message\": \"a\\u001b[2J\\u202eb\\n c\"}", reason: "a\\u{1B}[2J\\u{202E}b c"),
  ])
  func reasons(_ expected: Case) {
    let reason = RefusalReason(headers: HTTPHeaders(expected.headers), body: Array(expected.body.utf8))
    #expect(reason?.text == expected.reason)
    #expect(reason?.isBotChallenge ?? false == expected.isBotChallenge)
    #expect(reason?.text.contains("s3cret") != true)
  }

  @Test func longReasonsAreCut() throws {
    let body = Array("{\"message\": \"\(String(repeating: "word ", count: 2000))\"}".utf8)
    let reason = try #require(RefusalReason(headers: [:], body: body))
    #expect(reason.text.unicodeScalars.count <= 201)
  }
}

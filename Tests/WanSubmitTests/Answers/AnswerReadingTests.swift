import Testing

@testable import WanSubmit

struct AnswerReadingTests {
  private static func error(
    _ status: Int, _ body: String, _ fields: [(String, String)] = [], secrets: [String] = []
  ) throws -> ProviderError {
    var answer = ProviderAnswer(status: status, body: Array(body.utf8))
    answer.fields = fields.map { ($0.0, $0.1) }
    guard case .failure(let error) = AnswerReading(answer, now: 0, secrets: secrets) else {
      throw NoError()
    }
    return error
  }

  private struct NoError: Error {}

  @Test(arguments: [
    #"{"message": "Validation error", "invalid_params": [{"name": "duration", "reason": "too long"}]}"#,
    #"{"message": "Validation error", "invalid_params": [{"field": "duration", "reason": "too long"}]}"#,
    #"{"problem": {"message": "Validation error", "invalid_params": [{"name": "duration", "reason": "too long"}]}}"#,
    #"{"problem": {"message": "Validation error", "invalid_params": [{"field": "duration", "reason": "too long"}]}}"#,
  ])
  func everyShapeOfABadRequestIsRead(_ body: String) throws {
    let error = try Self.error(400, body)
    #expect(error.message == "Validation error")
    #expect(error.invalidParameters == [InvalidParameter(name: "duration", reason: "too long")])
  }

  @Test(arguments: [
    "", "<html>nginx</html>", "null", "[]", "[1]", #""text""#, "{}", #"{"message": 3}"#,
    #"{"invalid_params": {}}"#,
  ])
  func anAnswerWithoutWordsHasItsStatusPhrase(_ body: String) throws {
    let error = try Self.error(503, body)
    #expect(error.message == "Service Unavailable")
    #expect(error.invalidParameters.isEmpty)
  }

  @Test func theKeyIsNeverRepeated() throws {
    let error = try Self.error(
      401,
      #"{"message": "key FPSX-123 is bad", "invalid_params": [{"name": "FPSX-123", "reason": "FPSX-123"}]}"#,
      [("x-request-id", "FPSX-123")], secrets: ["FPSX-123"])
    #expect(!String(describing: error).contains("FPSX"))
    #expect(error.message == "key … is bad")
    #expect(error.invalidParameters.first?.reason == "…")
    #expect(error.requestID == "…")
  }

  @Test func aTaskIsNotNamedByTheKey() {
    let answer = ProviderAnswer(status: 200, body: Array(#"{"data": {"task_id": "x-FPSX-123"}}"#.utf8))
    guard case .unreadable(let why) = AnswerReading(answer, now: 0, secrets: ["FPSX-123"]) else {
      Issue.record("it is a task")
      return
    }
    #expect(!why.contains("FPSX"))
  }

  @Test func queriesOfURLsAreNotRepeated() throws {
    let error = try Self.error(
      400,
      #"{"message": "cannot fetch https://cdn.example.net/a.png?sig=secret, sorry ('http://u:pw@h.example.net/b?c=d')"}"#
    )
    #expect(error.message.contains("https://cdn.example.net/a.png?…"))
    #expect(!error.message.contains("secret"))
    #expect(!error.message.contains("pw"))
    #expect(!error.message.contains("c=d"))
    #expect(error.message.contains("sorry"))
  }

  @Test func queriesWithoutASchemeAreNotRepeatedEither() throws {
    let error = try Self.error(
      400, #"{"message": "cannot fetch cdn.example.net/a.png?sig=secret, is it public? a=b"}"#)
    #expect(error.message == "cannot fetch cdn.example.net/a.png?… is it public? a=b")
  }

  @Test func controlsAndLengthAreBounded() throws {
    let error = try Self.error(
      400, #"{"message": "\u001b[31mred\u202e\n\#(String(repeating: "x", count: 5000))"}"#)
    #expect(!error.message.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    #expect(error.message.count <= 1001)
  }

  @Test func manyParametersAreBounded() throws {
    let list = Array(repeating: #"{"name": "a", "reason": "b"}"#, count: 5000).joined(separator: ",")
    #expect(try Self.error(400, #"{"invalid_params": [\#(list)]}"#).invalidParameters.count == 100)
  }

  @Test func headersAreKept() throws {
    let error = try Self.error(
      429, "{}",
      [
        ("X-RateLimit-Limit", "10"), ("x-ratelimit-remaining", "0"), ("Retry-After", "3"),
        ("X-Request-Id", "r-1"),
      ])
    #expect(error.rateLimit == RateLimit(limit: 10, remaining: 0, retryAfter: .seconds(3)))
    #expect(error.requestID == "r-1")
  }

  @Test func deepNestingIsNoJSON() {
    let answer = ProviderAnswer(
      status: 200, body: Array((String(repeating: "[", count: 100_000)).utf8))
    guard case .unreadable = AnswerReading(answer, now: 0, secrets: []) else {
      Issue.record("it was read")
      return
    }
  }
}

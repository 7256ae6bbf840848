import Testing

@testable import ServerKit

/// One request to a server, and what must come back until the connection is closed.
struct AnswerCase: Sendable, CustomTestStringConvertible {
  var name: String
  var answer: Answer
  var fields = ""
  /// The first line, without the version.
  var status: String
  /// A line that must be in the head.
  var line: String?
  var body: String

  var testDescription: String { name }
}

/// What each answer looks like on the wire.
@Suite struct AnswerTests {
  private static let text = Content("0123456789".utf8, entityTag: "\"a\"", lastModified: "yesterday")

  @Test(arguments: [
    AnswerCase(
      name: "whole", answer: .whole(text), fields: "Range: bytes=0-1\r\n", status: "200 OK",
      line: "Content-Length: 10", body: "0123456789"),
    AnswerCase(
      name: "range", answer: .ranged(text), fields: "Range: bytes=2-4\r\n", status: "206 Partial Content",
      line: "Content-Range: bytes 2-4/10", body: "234"),
    AnswerCase(
      name: "If-Range, same tag", answer: .ranged(text), fields: "Range: bytes=2-4\r\nIf-Range: \"a\"\r\n",
      status: "206 Partial Content", line: "ETag: \"a\"", body: "234"),
    AnswerCase(
      name: "If-Range, same date", answer: .ranged(text),
      fields: "Range: bytes=2-4\r\nIf-Range: yesterday\r\n",
      status: "206 Partial Content", line: "Last-Modified: yesterday", body: "234"),
    AnswerCase(
      name: "If-Range, another tag", answer: .ranged(text), fields: "Range: bytes=2-4\r\nIf-Range: \"b\"\r\n",
      status: "200 OK", body: "0123456789"),
    AnswerCase(
      name: "If-Range ignored", answer: .ranged(text).ignoringIfRange(),
      fields: "Range: bytes=2-4\r\nIf-Range: \"b\"\r\n", status: "206 Partial Content", body: "234"),
    AnswerCase(
      name: "length too large", answer: .whole(text).framed(.declared(11)), status: "200 OK",
      line: "Content-Length: 11", body: "0123456789"),
    AnswerCase(
      name: "length too small", answer: .whole(text).framed(.declared(3)), status: "200 OK",
      line: "Content-Length: 3", body: "0123456789"),
    AnswerCase(
      name: "until close", answer: .whole(text).framed(.untilClose), status: "200 OK",
      line: "Connection: close",
      body: "0123456789"),
    AnswerCase(
      name: "chunked", answer: .whole(text).framed(.chunked(of: 6)), status: "200 OK",
      line: "Transfer-Encoding: chunked", body: "6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n"),
    AnswerCase(
      name: "chunked, unfinished", answer: .whole(text).framed(.chunked(of: 6, ending: .unfinished)),
      status: "200 OK", body: "6\r\n012345\r\n4\r\n6789\r\n"),
    AnswerCase(
      name: "chunked, malformed",
      answer: .whole(text).framed(.chunked(of: 6, ending: .malformed(size: "zz"))),
      status: "200 OK", body: "6\r\n012345\r\nzz\r\n"),
    AnswerCase(
      name: "dripping", answer: .whole(text).dripping(1, every: .milliseconds(1)), status: "200 OK",
      body: "0123456789"),
    AnswerCase(
      name: "interim first", answer: .whole(text).exceeding(.interim(status: 103, count: 2)),
      status: "103 Wait",
      body: "HTTP/1.1 103 Wait\r\n\r\nHTTP/1.1 200 OK"),
    AnswerCase(
      name: "closed in the body", answer: .whole(text).breaking(.close, .inBody(after: 4)), status: "200 OK",
      body: "0123"),
    AnswerCase(
      name: "closed in a chunk",
      answer: .whole(text).framed(.chunked(of: 6)).breaking(.close, .inBody(after: 8)),
      status: "200 OK", body: "6\r\n012345\r\n4\r\n67"),
    AnswerCase(
      name: "redirect", answer: .redirect(307, to: "../x?y"), status: "307 Elsewhere",
      line: "Location: ../x?y",
      body: ""),
    AnswerCase(
      name: "busy", answer: .status(503, retryAfter: "2"), status: "503 Status", line: "Retry-After: 2",
      body: "503\n"),
    AnswerCase(name: "no content", answer: .status(204), status: "204 Status", body: ""),
    AnswerCase(
      name: "zero bytes", answer: .whole(.empty), status: "200 OK", line: "Content-Length: 0", body: ""),
    AnswerCase(
      name: "said to be gzip", answer: .whole(Content("x".utf8, encoding: "gzip")), status: "200 OK",
      line: "Content-Encoding: gzip", body: "x"),
  ])
  func looksRightOnTheWire(this: AnswerCase) async throws {
    try await withServer(["/a": [this.answer]]) { server in
      let text = try await server.port.exchange(
        "GET /a?q HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(this.fields)\r\n")
      let end = try #require(text.firstRange(of: "\r\n\r\n"))
      let head = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
      let body = String(text[end.upperBound...])
      #expect(head.first == "HTTP/1.1 \(this.status)")
      if let line = this.line { #expect(head.contains(line), "\(head)") }
      if this.name == "interim first" {
        #expect(body.hasPrefix(this.body))
      } else {
        #expect(body == this.body)
      }
    }
  }

  @Test(arguments: [HeadExcess.field(bytes: 100_000), .fields(bytes: 100_000)])
  func headsAreAsLargeAsTold(excess: HeadExcess) async throws {
    try await withServer(["/": [.whole(.empty).exceeding(excess)]]) { server in
      let text = try await server.port.exchange("GET / HTTP/1.0\r\n\r\n")
      #expect((100_000..<101_000).contains(text.utf8.count))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }
}

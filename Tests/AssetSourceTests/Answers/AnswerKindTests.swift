import NIOHTTP1
import Testing

@testable import AssetSource

@Suite struct AnswerKindTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let status: Int
    let headers: [(String, String)]
    let range: ByteRange?
    let kind: AnswerKind
    var testDescription: String { "\(status) \(headers) asked \(range?.header ?? "plainly")" }

    init(_ status: Int, _ headers: [(String, String)], asked range: ByteRange? = .from(0), _ kind: AnswerKind)
    {
      (self.status, self.headers, self.range, self.kind) = (status, headers, range, kind)
    }

    init(_ status: Int, asked range: ByteRange? = .from(0), _ kind: AnswerKind) {
      self.init(status, [], asked: range, kind)
    }
  }

  static let cases: [Case] = [
    Case(200, [("Content-Length", "12")], .whole(length: 12)),
    Case(200, [("Content-Length", "12"), ("Transfer-Encoding", "chunked")], .whole(length: nil)),
    Case(200, [("Content-Length", "+12")], .whole(length: nil)),
    Case(203, [("Content-Length", "0")], .whole(length: 0)),
    Case(202, .later("the server answered 202 Accepted, not with the file", retryAfter: nil)),
    Case(
      202, [("Retry-After", "7")],
      .later("the server answered 202 Accepted, not with the file", retryAfter: .seconds(7))),
    Case(201, .later("the server answered 201 Created, not with the file", retryAfter: nil)),
    Case(204, .empty),
    Case(206, [("Content-Range", "bytes 0-9/10")], .part(0...9, total: 10)),
    Case(206, [("Content-Range", "bytes 0-9/*")], .part(0...9, total: nil)),
    Case(206, [("Content-Range", "bytes 0-4/10"), ("Content-Length", "5")], .part(0...4, total: 10)),
    Case(206, [("Content-Range", "bytes 0-4/10"), ("Content-Length", "6")], .plainly),
    Case(206, [("Content-Range", "bytes 1-9/10")], .plainly),
    Case(206, [("Content-Range", "bytes 0-9/10")], asked: ByteRange(first: 0, last: 5), .plainly),
    Case(206, [("Content-Range", "bytes 0-10/10")], .plainly),
    Case(206, [("Content-Range", "bytes 9-0/10")], .plainly),
    Case(
      206, [("Content-Range", "bytes 0-9223372036854775807/*"), ("Content-Length", "10")], .plainly),
    Case(206, [("Content-Range", "items 0-9/10")], .plainly),
    Case(206, .plainly),
    Case(206, [("Content-Range", "bytes 0-9/10")], asked: nil, .plainly),
    Case(416, [("Content-Range", "bytes */0")], .empty),
    Case(416, [("Content-Range", "bytes */10")], .plainly),
    Case(416, .plainly),
    Case(416, asked: nil, .refused("the server answered 416 Range Not Satisfiable")),
    Case(400, .plainly),
    Case(400, asked: nil, .refused("the server answered 400 Bad Request")),
    Case(501, .plainly),
    Case(302, [("Location", "/b")], .redirect("/b")),
    Case(308, .redirect(nil)),
    Case(304, .refused("the server answered 304 Not Modified")),
    Case(401, .refused("the server answered 401 Unauthorized")),
    Case(403, .refused("the server answered 403 Forbidden")),
    Case(404, .refused("the server answered 404 Not Found")),
    Case(410, .refused("the server answered 410 Gone")),
    Case(451, .refused("the server answered 451 Unavailable For Legal Reasons")),
    Case(407, .later("the proxy requires credentials (407)", retryAfter: nil)),
    Case(408, .later("the server answered 408 Request Timeout", retryAfter: nil)),
    Case(
      429, [("Retry-After", "7")],
      .later("the server answered 429 Too Many Requests", retryAfter: .seconds(7))),
    Case(
      503, [("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")],
      .later("the server answered 503 Service Unavailable", retryAfter: .seconds(5))),
    Case(
      503, [("Retry-After", "Sun, 06 Nov 1994 08:49:27 GMT")],
      .later("the server answered 503 Service Unavailable", retryAfter: .seconds(0))),
    Case(
      503, [("Retry-After", "soon")], .later("the server answered 503 Service Unavailable", retryAfter: nil)),
    Case(599, .later("the server answered 599", retryAfter: nil)),
  ]

  /// 5 s before the date that the cases name.
  static let now = 784_111_772.0

  @Test(arguments: cases) func headsMeanWhatTheySay(_ value: Case) {
    let kind = AnswerKind(
      status: value.status, headers: HTTPHeaders(value.headers), asked: value.range, now: Self.now)
    #expect(kind == value.kind)
  }

  @Test(arguments: [
    "bytes 0-9/5", "bytes -9/10", "bytes 0-/10", "bytes 0-9", "bytes 0-9/10/11", "bytes */*",
    "bytes 0-99999999999999999999/*", "0-9/10", "",
  ])
  func unreadableRangesAreNone(_ text: String) {
    #expect(ContentRange(text) == nil)
  }
}

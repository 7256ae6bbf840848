import AssetOpening
import NIOHTTP1

/// The meaning of an answer's head for one asset: a pure function of status, headers and request.
enum AnswerKind: Sendable, Hashable {
  /// The whole asset follows; its length, if the server states it.
  case whole(length: Int64?)
  /// A part follows.
  case part(ClosedRange<Int64>, total: Int64?)
  /// The asset has no bytes.
  case empty
  /// The asset is elsewhere; the `Location` as the server wrote it.
  case redirect(String?)
  /// The server fails on the range; a plain request may work.
  case plainly
  /// The server refuses the asset, for this reason.
  case refused(String)
  /// The server cannot answer now, for this reason; `retryAfter` is what it requests, if anything.
  case later(String, retryAfter: Duration?)

  init(status: Int, headers: HTTPHeaders, asked range: ByteRange?, now: Double) {
    switch status {
    case 200, 203:
      self = .whole(length: Self.length(headers))
    case 204, 205:
      self = .empty
    case 206:
      self = Self.part(headers, asked: range)
    case 201, 202, 207...299:
      // The server accepted the request, or sent something else than the bytes. They may be there later.
      let retryAfter = headers.first(name: "Retry-After").flatMap { RetryAfter.duration($0, now: now) }
      self = .later("the server answered \(Self.words(status)), not with the file", retryAfter: retryAfter)
    case 301, 302, 303, 307, 308:
      self = .redirect(headers.first(name: "Location"))
    case 416 where range != nil:
      let content = headers.first(name: "Content-Range").flatMap { ContentRange($0) }
      self = content?.total == 0 ? .empty : .plainly
    case 400 where range != nil, 501 where range != nil:
      self = .plainly
    case 408, 421, 425, 429, 500...:
      let retryAfter = headers.first(name: "Retry-After").flatMap { RetryAfter.duration($0, now: now) }
      self = .later("the server answered \(Self.words(status))", retryAfter: retryAfter)
    case 407:
      self = .later("the proxy requires credentials (407)", retryAfter: nil)
    default:
      self = .refused("the server answered \(Self.words(status))")
    }
  }

  /// The status with its standard phrase, not with that of the server.
  static func words(_ status: Int) -> String {
    let phrase = HTTPResponseStatus(statusCode: status).reasonPhrase
    return phrase.isEmpty ? "\(status)" : "\(status) \(phrase)"
  }

  private static func part(_ headers: HTTPHeaders, asked range: ByteRange?) -> AnswerKind {
    guard let range, let content = headers.first(name: "Content-Range").flatMap({ ContentRange($0) }),
      let bytes = content.bytes, bytes.lowerBound == range.first,
      range.last.map({ bytes.upperBound <= $0 }) ?? true,
      // If the length disagrees with the range, it is not known which bytes were sent.
      length(headers).map({ $0 == bytes.upperBound - bytes.lowerBound + 1 }) ?? true
    else { return .plainly }
    return .part(bytes, total: content.total)
  }

  private static func length(_ headers: HTTPHeaders) -> Int64? {
    guard !headers.contains(name: "Transfer-Encoding") else { return nil }
    return headers.first(name: "Content-Length").flatMap { ContentRange.number($0) }
  }
}

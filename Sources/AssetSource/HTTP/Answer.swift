import AssetOpening
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A server's answer that may hold bytes of the asset; the body has not been read yet.
struct Answer: Sendable {
  /// Which bytes follow.
  enum Content: Sendable, Hashable {
    /// All of them; their number, if the server states it.
    case whole(length: Int64?)
    /// Some of them.
    case part(ClosedRange<Int64>, total: Int64?)
    /// None: the asset has no bytes.
    case empty
  }

  /// Which bytes follow.
  let content: Content
  /// Identifies this content.
  let validator: Validator
  /// The content encoding, if the bytes that follow are encoded.
  let encoding: String?
  let body: HTTPClientResponse.Body
  /// Keeps the connection's client alive while the body is read.
  let lease: ClientLease
}

/// Identifies a content of a URL (RFC 9110, 8.8).
struct Validator: Sendable, Hashable {
  /// The entity tag as the server wrote it.
  var etag: String?
  /// The time of the last change as the server wrote it.
  var lastModified: String?

  init(_ headers: HTTPHeaders) {
    etag = headers.first(name: "ETag")
    lastModified = headers.first(name: "Last-Modified")
  }

  /// The value of `If-Range`: a strong entity tag only (13.1.5). A date has a resolution of one second, so it does
  /// not prove that the content is the same.
  var ifRange: String? {
    guard let etag, etag.hasPrefix("\""), etag.utf8.count > 1 else { return nil }
    return etag
  }

  /// Whether both could belong to the same content.
  func agrees(with other: Validator) -> Bool {
    func agree(_ left: String?, _ right: String?) -> Bool { left == nil || right == nil || left == right }
    return agree(etag, other.etag) && (ifRange != nil || agree(lastModified, other.lastModified))
  }
}

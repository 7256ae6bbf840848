public import Locations

/// Facts about the delivery of an asset by a server. Nothing is redacted.
public struct DeliveryFacts: Sendable, Hashable {
  /// The URL that answered in the end, after redirects.
  public var finalURL: AssetURL
  /// The status of the last response.
  public var status: Int
  /// Redirects that were followed.
  public var redirects: Int
  /// Requests that were sent, redirects and ranges included.
  public var requests: Int
  /// Bytes of bodies that arrived.
  public var bytesReceived: Int64
  /// The entity tag as the server wrote it, quotes included.
  public var etag: String?
  /// The content type as the server wrote it.
  public var contentType: String?
  /// The content encoding as the server wrote it; `nil` if it sent the bytes as they are.
  public var contentEncoding: String?
  /// Whether a proxy fetched it, so that the addresses of its hosts are not known.
  public var isProxied = false
  /// The class of the first contacted host or address that is not public; `nil` if all were.
  public var exception: HostClass?

  /// The facts of a delivery.
  public init(
    finalURL: AssetURL, status: Int, redirects: Int, requests: Int, bytesReceived: Int64,
    etag: String? = nil, contentType: String? = nil, contentEncoding: String? = nil
  ) {
    self.finalURL = finalURL
    self.status = status
    self.redirects = redirects
    self.requests = requests
    self.bytesReceived = bytesReceived
    self.etag = etag
    self.contentType = contentType
    self.contentEncoding = contentEncoding
  }
}

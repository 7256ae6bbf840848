/// What a server did to deliver an asset; facts only, nothing redacted.
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

  /// What a delivery came to.
  public init(
    finalURL: AssetURL, status: Int, redirects: Int, requests: Int, bytesReceived: Int64,
    etag: String? = nil, contentType: String? = nil
  ) {
    self.finalURL = finalURL
    self.status = status
    self.redirects = redirects
    self.requests = requests
    self.bytesReceived = bytesReceived
    self.etag = etag
    self.contentType = contentType
  }
}

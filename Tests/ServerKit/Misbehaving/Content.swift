import NIOCore

/// The content at a path: bytes, and the header fields that describe them.
public struct Content: Sendable {
  /// The value of `Content-Type`; `nil` leaves the field out.
  public var type: String?
  /// The value of `ETag` with its quotes, such as `"\"v1\""`; `nil` leaves the field out.
  public var entityTag: String?
  /// The value of `Last-Modified`; `nil` leaves the field out.
  public var lastModified: String?
  /// The value of `Content-Encoding`; `nil` leaves the field out. It changes no byte.
  public var encoding: String?

  let bytes: ByteBuffer
  /// Whether the bytes are repeated without end.
  let isEndless: Bool

  /// How many bytes there are; those that are repeated without end do not count.
  public var length: Int { bytes.readableBytes }
  /// The bytes, but not those that are repeated without end.
  public var allBytes: [UInt8] { Array(bytes.readableBytesView) }

  /// No bytes.
  public static let empty = Content([])

  /// These bytes, said to be what the other arguments say.
  public init(
    _ bytes: some Sequence<UInt8>, type: String? = "application/octet-stream", entityTag: String? = nil,
    lastModified: String? = nil, encoding: String? = nil
  ) {
    self.init(bytes: ByteBuffer(bytes: bytes), isEndless: false, type: type)
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.encoding = encoding
  }

  private init(bytes: ByteBuffer, isEndless: Bool, type: String?) {
    self.bytes = bytes
    self.isEndless = isEndless
    self.type = type
  }

  /// `opening` once and then 64 KiB of zeros after 64 KiB, without end.
  public static func endless(
    after opening: some Sequence<UInt8> = [], type: String? = "application/octet-stream"
  ) -> Content {
    Content(bytes: ByteBuffer(bytes: opening), isEndless: true, type: type)
  }

  /// The same content, really in gzip and said to be.
  ///
  /// Its blocks are stored, so that it is a little longer than what it holds.
  public func gzipped() -> Content {
    var copy = Content(StoredGzip.wrap(bytes.readableBytesView), type: type)
    copy.entityTag = entityTag
    copy.lastModified = lastModified
    copy.encoding = "gzip"
    return copy
  }
}

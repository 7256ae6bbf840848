/// Something wrong with, or missing from, the bytes of an asset; a fact, not a judgement.
public struct Defect: Sendable, Hashable, Codable {
  /// What kind of defect it is; new kinds may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the kind.
    public var rawValue: String

    /// A kind by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file ends before the end that it declares, or before its data is complete.
    public static let truncated = Kind(rawValue: "truncated")
    /// The last frame of a stream without a declared end is truncated. Decoders drop it, and nothing else is
    /// missing.
    public static let cutEnd = Kind(rawValue: "cut-end")
    /// Bytes that break the format: a bad checksum, an impossible header, data that does not decode.
    public static let corrupt = Kind(rawValue: "corrupt")
    /// Bytes that break the format, or that some usual decoders refuse, although nothing is lost: every row,
    /// sample or frame decodes. The message names the decoders that refuse them, if any.
    public static let irregular = Kind(rawValue: "irregular")
    /// Bytes after the end that the file declares. `bytes` is their number.
    public static let trailingData = Kind(rawValue: "trailing-data")
    /// Some samples of an audio track have no bytes. Players skip them, and the audio has gaps.
    public static let emptySamples = Kind(rawValue: "empty-samples")
    /// A bound of the `Budget` was hit; what follows was not examined.
    public static let limit = Kind(rawValue: "limit")
    /// A valid file in an encoding that the C library here cannot decode. Only the header was examined.
    public static let undecodable = Kind(rawValue: "undecodable")
  }

  /// What kind of defect it is.
  public var kind: Kind
  /// What was found, as one clause for people, without a final full stop:
  /// `IDAT checksum is wrong at byte 4711`.
  public var message: String
  /// Where in the file the defect was found, in bytes from the start.
  public var offset: Int64?
  /// The number of bytes concerned: the minimum that is missing, or the number of superfluous bytes.
  public var bytes: Int64?

  /// A defect of kind `kind`.
  public init(_ kind: Kind, _ message: String, offset: Int64? = nil, bytes: Int64? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
    self.bytes = bytes
  }
}

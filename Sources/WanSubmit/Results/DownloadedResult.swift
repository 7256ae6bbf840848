public import SystemPackage

/// A complete result file in the folder.
public struct DownloadedResult: Sendable, Hashable {
  /// The path: the folder as it was given, and the file's name.
  public var path: FilePath
  /// Its length in bytes.
  public var bytes: Int64
  /// The SHA-256 of its bytes in lower-case hexadecimal digits.
  public var sha256: String
  /// Whether the folder already had a file with the same content, so that nothing was written.
  public var alreadyThere: Bool

  /// A result at `path`.
  public init(path: FilePath, bytes: Int64, sha256: String, alreadyThere: Bool = false) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.alreadyThere = alreadyThere
  }
}

/// Random-access bytes of one asset, wherever they are.
///
/// Reads block, so use a source only from probing threads, never from Swift's cooperative pool.
public protocol ByteSource: AnyObject, Sendable {
  /// The length in bytes, if it is known: measured for a file, stated by the server for a URL.
  var length: Int64? { get }

  /// Reads up to `buffer.count` bytes at `offset` and returns how many it read.
  ///
  /// 0 means the proven end. A failure is thrown, in this call and in every later one. It is never reported
  /// as an end.
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int

  /// Makes the current and every later read fail with `ByteSourceError.Code.cancelled`; safe from any thread.
  func cancel()

  /// A read-only descriptor of the same bytes, which the source keeps open during its own lifetime.
  var fileDescriptor: CInt? { get }
}

extension ByteSource {
  /// No descriptor: the bytes are not in a file.
  public var fileDescriptor: CInt? { nil }
}

/// Why bytes could not be read.
public struct ByteSourceError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The operating system could not read the file.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The bytes changed while they were read.
    public static let changed = Code(rawValue: "changed")
    /// The server that holds the bytes cannot be reached any more.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The bytes did not arrive in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// There are more bytes than the limit. Those after the limit cannot be read.
    public static let tooLarge = Code(rawValue: "too-large")
    /// The reader cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, as text for people, without locations or secrets.
  public var message: String
  /// The operating system's error number, if it gave one.
  public var errno: CInt?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, errno: CInt? = nil) {
    self.code = code
    self.message = message
    self.errno = errno
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

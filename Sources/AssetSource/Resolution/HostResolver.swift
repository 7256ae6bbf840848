import AssetOpening
public import Locations

/// Resolves host names.
public protocol HostResolver: Sendable {
  /// Every address of `name`, in the order in which they should be tried; at least one.
  func addresses(of name: String) async throws(ResolutionError) -> [IPAddress]
}

/// Why a name has no addresses.
public struct ResolutionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name does not exist, or has no addresses.
    public static let noSuchName = Code(rawValue: "no-such-name")
    /// The resolver cannot answer now.
    public static let temporary = Code(rawValue: "temporary")
    /// The resolver did not answer in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// The caller cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, in words for people.
  public var message: String

  /// A failure of kind `code`.
  public init(_ code: Code, message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

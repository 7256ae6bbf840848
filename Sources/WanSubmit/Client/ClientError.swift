/// Why the provider could not be asked, or did not answer what it was asked.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The provider answered that it will not: a wrong key, no such task. `error` is its answer.
    public static let refused = Code(rawValue: "refused")
    /// The provider cannot answer now: 429, 5xx. `error` is its answer.
    public static let unavailable = Code(rawValue: "unavailable")
    /// There is no connection, or it broke.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The answer did not come in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// The answer is not what the API page describes, or too long.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The caller cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, in words for people, without secrets.
  public var message: String
  /// The provider's answer, if there was one.
  public var error: ProviderError?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, error: ProviderError? = nil) {
    self.code = code
    self.message = message
    self.error = error
  }

  /// Whether asking again later could help.
  public var isPassing: Bool { code == .unavailable || code == .unreachable || code == .timedOut }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

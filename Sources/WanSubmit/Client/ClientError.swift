/// A failure to get an answer from the provider, or an answer that is an error.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a failure; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The provider refused the request, such as for a wrong key or an unknown task. `error` is its answer.
    public static let refused = Code(rawValue: "refused")
    /// The provider cannot answer now: 429, 5xx. `error` is its answer.
    public static let unavailable = Code(rawValue: "unavailable")
    /// No connection could be made, or it broke.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The answer did not arrive in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// The answer is too long, or not in the form that the API page describes.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The caller cancelled the request.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// The kind of the failure.
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

  /// Whether the same request could succeed later.
  public var isPassing: Bool { code == .unavailable || code == .unreachable || code == .timedOut }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

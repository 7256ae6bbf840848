/// Why a webhook must not be acted on.
public struct WebhookProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a problem; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// One of the three headers is missing.
    public static let missingHeader = Code(rawValue: "missing-header")
    /// One of the three headers occurs more than once.
    public static let duplicateHeader = Code(rawValue: "duplicate-header")
    /// `webhook-id` is invalid: it is empty, longer than 256 characters, or has white space or
    /// characters outside ASCII.
    public static let malformedID = Code(rawValue: "malformed-id")
    /// `webhook-timestamp` is not a number of seconds since 1970.
    public static let malformedTimestamp = Code(rawValue: "malformed-timestamp")
    /// `webhook-signature` has no readable signature, or too many.
    public static let malformedSignature = Code(rawValue: "malformed-signature")
    /// `webhook-signature` has only signatures of other versions than `v1`.
    public static let noKnownSignatureVersion = Code(rawValue: "no-known-signature-version")
    /// The webhook was sent longer ago than the tolerance.
    public static let tooOld = Code(rawValue: "too-old")
    /// The webhook's time is later than now by more than the tolerance.
    public static let tooNew = Code(rawValue: "too-new")
    /// There is no secret to verify it with.
    public static let noSecret = Code(rawValue: "no-secret")
    /// None of the signatures matches the id, the time and the body.
    public static let wrongSignature = Code(rawValue: "wrong-signature")
    /// The webhook is genuine and was seen before.
    public static let replayed = Code(rawValue: "replayed")
    /// The webhook is genuine, and its body does not describe a task.
    public static let noTask = Code(rawValue: "no-task")
  }

  /// The kind of the problem.
  public var code: Code
  /// What is wrong, in words for people; characters that could drive a terminal are escaped.
  public var message: String

  /// A problem of kind `code`.
  public init(_ code: Code, message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

extension WebhookProblem {
  /// A genuine webhook that was seen before.
  package static func replay(of delivery: WebhookDelivery) -> WebhookProblem {
    WebhookProblem(.replayed, message: "\(quoted(delivery.id)) has been seen before")
  }
}

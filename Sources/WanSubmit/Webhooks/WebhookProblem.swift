/// Why a webhook is not acted on.
public struct WebhookProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of problem it is; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// One of the three headers is not there.
    public static let missingHeader = Code(rawValue: "missing-header")
    /// One of the three headers is there more than once.
    public static let duplicateHeader = Code(rawValue: "duplicate-header")
    /// `webhook-id` is none: empty, longer than 256 characters, white space or other than ASCII.
    public static let malformedID = Code(rawValue: "malformed-id")
    /// `webhook-timestamp` is no number of seconds since 1970.
    public static let malformedTimestamp = Code(rawValue: "malformed-timestamp")
    /// `webhook-signature` has no signature that can be read, or too many.
    public static let malformedSignature = Code(rawValue: "malformed-signature")
    /// `webhook-signature` has signatures of other versions than `v1` only.
    public static let noKnownSignatureVersion = Code(rawValue: "no-known-signature-version")
    /// It was sent longer ago than the tolerance.
    public static let tooOld = Code(rawValue: "too-old")
    /// It was sent in the future, by more than the tolerance.
    public static let tooNew = Code(rawValue: "too-new")
    /// There is no secret to verify it with.
    public static let noSecret = Code(rawValue: "no-secret")
    /// None of its signatures is that of this id, time and body.
    public static let wrongSignature = Code(rawValue: "wrong-signature")
    /// It is genuine, and has been seen before.
    public static let replayed = Code(rawValue: "replayed")
    /// It is genuine, and its body describes no task.
    public static let noTask = Code(rawValue: "no-task")
  }

  /// What kind of problem it is.
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

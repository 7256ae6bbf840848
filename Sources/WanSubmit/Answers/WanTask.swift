public import JobDocuments

/// A task as the provider describes it: the `data` of its answers, the body of its webhooks.
public struct WanTask: Sendable, Hashable {
  /// The provider's name of the task.
  public var id: String
  /// How far it is.
  public var status: TaskStatus
  /// The URLs of what it made; they expire, and often carry a signature.
  public var generated: [String]
  /// Every other field of the answer.
  public var otherFields: [String: DocumentValue]

  /// A task.
  public init(
    id: String, status: TaskStatus, generated: [String] = [], otherFields: [String: DocumentValue] = [:]
  ) {
    self.id = id
    self.status = status
    self.generated = generated
    self.otherFields = otherFields
  }

  /// Whether the provider says that it is done, and made nothing.
  public var isCompletedWithNothing: Bool { status == .completed && generated.isEmpty }
}

/// How far a task is; the provider may add words, which are kept as they are.
public struct TaskStatus: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
  /// The provider's word.
  public var rawValue: String

  /// A status by the provider's word.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Accepted, not begun.
  public static let created = TaskStatus(rawValue: "CREATED")
  /// Being worked on.
  public static let inProgress = TaskStatus(rawValue: "IN_PROGRESS")
  /// Done.
  public static let completed = TaskStatus(rawValue: "COMPLETED")
  /// Given up.
  public static let failed = TaskStatus(rawValue: "FAILED")

  /// Whether it will not change any more. An unknown word may still change.
  public var isFinal: Bool { self == .completed || self == .failed }

  /// The provider's word.
  public var description: String { rawValue }
}

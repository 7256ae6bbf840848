public import JobDocuments

/// A task in the provider's description: the `data` of its answers, or the body of its webhooks.
public struct WanTask: Sendable, Hashable {
  /// The provider's id of the task.
  public var id: String
  /// The status of the task.
  public var status: TaskStatus
  /// The URLs of the results. They expire, and often contain a signature.
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

  /// Whether the task is completed without a result.
  public var isCompletedWithNothing: Bool { status == .completed && generated.isEmpty }
}

/// The status of a task. The provider may add values, which are kept unchanged.
public struct TaskStatus: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
  /// The provider's value.
  public var rawValue: String

  /// A status with the provider's value.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The task is accepted and has not started.
  public static let created = TaskStatus(rawValue: "CREATED")
  /// The task is running.
  public static let inProgress = TaskStatus(rawValue: "IN_PROGRESS")
  /// The task is completed.
  public static let completed = TaskStatus(rawValue: "COMPLETED")
  /// The task failed.
  public static let failed = TaskStatus(rawValue: "FAILED")

  /// Whether the status is final. An unknown status may still change.
  public var isFinal: Bool { self == .completed || self == .failed }

  /// The provider's value.
  public var description: String { rawValue }
}

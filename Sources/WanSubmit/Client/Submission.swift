/// What became of one job that was to be sent.
public struct Submission: Sendable, Hashable {
  /// The states of a report's `submission`; new ones may be added.
  public struct State: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The stable name.
    public var rawValue: String

    /// A state by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The provider took it: there is a task.
    public static let submitted = State(rawValue: "submitted")
    /// It had been taken before; nothing was sent.
    public static let alreadySubmitted = State(rawValue: "already_submitted")
    /// The provider did not take it and says why, or its id belongs to another job.
    public static let refused = State(rawValue: "refused")
    /// It left, and nobody knows whether it was taken; a person decides.
    public static let unknown = State(rawValue: "unknown")
    /// It did not leave, or certainly was not taken.
    public static let notSent = State(rawValue: "not_sent")

    /// The stable name.
    public var description: String { rawValue }
  }

  /// What became of it.
  public var state: State
  /// The provider's name of the task, where there is one.
  public var taskID: String?
  /// What tells this job from any other, in lower-case hex; `nil` if it was not computed.
  public var fingerprint: String?
  /// The row of the ledger, if there is one.
  public var ledgerRow: Int64?
  /// Why it is in this state, for people, where the state alone does not say.
  public var message: String?
  /// What the provider answered instead of a task.
  public var error: ProviderError?
  /// The task as the provider last described it.
  public var task: WanTask?
  /// Whether a request was made in this call, whatever came of it: also where no connection came about.
  public var wasSent = false
  /// Why the ledger could not be written; if a request left, the ledger goes on saying that it is under way.
  public var ledgerFailure: String?

  /// What became of a job.
  public init(
    _ state: State, taskID: String? = nil, fingerprint: String? = nil, ledgerRow: Int64? = nil,
    message: String? = nil, error: ProviderError? = nil, task: WanTask? = nil
  ) {
    self.state = state
    self.taskID = taskID
    self.fingerprint = fingerprint
    self.ledgerRow = ledgerRow
    self.message = message
    self.error = error
    self.task = task
  }
}

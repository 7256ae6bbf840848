/// What became of one job that was to be sent.
public struct Submission: Sendable, Hashable {
  /// What became of it.
  public var state: SubmissionState
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
    _ state: SubmissionState, taskID: String? = nil, fingerprint: String? = nil, ledgerRow: Int64? = nil,
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

/// The outcome of one job that was to be sent.
public struct Submission: Sendable, Hashable {
  /// The state of the job.
  public var state: SubmissionState
  /// The provider's id of the task, if there is one.
  public var taskID: String?
  /// The fingerprint of the job, in lower-case hex; `nil` if it was not computed.
  public var fingerprint: String?
  /// The row of the ledger, if there is one.
  public var ledgerRow: Int64?
  /// Why the job is in this state, for people; `nil` if the state alone explains it.
  public var message: String?
  /// The provider's answer, if it was not a task.
  public var error: ProviderError?
  /// The task in the provider's last description.
  public var task: WanTask?
  /// Whether this call made a request, even one without a connection.
  public var wasSent = false
  /// Why the ledger could not be written. If a request left, its row still has the state `sending`.
  public var ledgerFailure: String?

  /// An outcome of a job.
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

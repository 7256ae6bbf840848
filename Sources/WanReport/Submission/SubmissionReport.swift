public import WanSubmit

/// What a report says of a job that was to be sent.
public struct SubmissionReport: Sendable {
  /// What became of it.
  public var submission: Submission
  /// The request that would have been sent, where nothing is.
  public var request: RequestPreview?
  /// What became of its task, where it was followed.
  public var task: TaskReport?

  /// Whether there is a task, and nothing is known to be wrong with it.
  var isFine: Bool {
    (submission.state == .submitted || submission.state == .alreadySubmitted)
      && (task?.outcome ?? .good) == .good
      && submission.ledgerFailure == nil
  }

  /// What is said of a job.
  public init(_ submission: Submission, request: RequestPreview? = nil, task: TaskReport? = nil) {
    self.submission = submission
    self.request = request
    self.task = task
  }
}

/// How many jobs came to which end.
public struct SubmissionCounts: Sendable, Hashable, Encodable {
  /// Jobs that the provider took.
  public private(set) var submitted = 0
  /// Jobs that it had taken before.
  public private(set) var alreadySubmitted = 0
  /// Jobs that were refused.
  public private(set) var refused = 0
  /// Jobs of which nobody knows.
  public private(set) var unknown = 0
  /// Jobs that were not sent, among them those that may not be.
  public private(set) var notSent = 0

  private enum CodingKeys: String, CodingKey {
    case submitted, refused, unknown
    case alreadySubmitted = "already_submitted"
    case notSent = "not_sent"
  }

  func counting(_ state: Submission.State) -> SubmissionCounts {
    var counts = self
    switch state {
    case .submitted: counts.submitted += 1
    case .alreadySubmitted: counts.alreadySubmitted += 1
    case .refused: counts.refused += 1
    case .unknown: counts.unknown += 1
    default: counts.notSent += 1
    }
    return counts
  }
}

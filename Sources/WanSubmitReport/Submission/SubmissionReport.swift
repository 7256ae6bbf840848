import AssetSource
import Locations
public import WanCheck
public import WanReport
public import WanSubmit

/// The report of a job that was to be sent.
public struct SubmissionReport: Sendable {
  /// The job's state, and why.
  public var submission: Submission
  /// The request that a dry run shows instead of sending it.
  public var request: RequestPreview?
  /// The outcome of the job's task, if the task was followed.
  public var task: TaskReport?
  /// The options that select the same ledger in suggested commands, each after a space; may be empty.
  public var ledgerOption = ""
  /// The options that select the same provider in suggested commands, each after a space; may be empty.
  public var providerOptions = ""

  /// A report of a job.
  public init(_ submission: Submission, request: RequestPreview? = nil, task: TaskReport? = nil) {
    self.submission = submission
    self.request = request
    self.task = task
  }
}

extension Reporter {
  /// One result, with the submission of its job if there is one.
  public mutating func result(_ result: CheckResult, _ submission: SubmissionReport?) -> String {
    self.result(result, submission.map { ResultAddition($0) })
  }
}

extension Summary {
  /// Counts `result`, and the submission of its job if there is one.
  public mutating func count(_ result: CheckResult, _ submission: SubmissionReport?) {
    count(result, submission.map { ResultAddition($0) })
  }
}

extension SubmissionReport: ResultAdditionContent {
  package static let states = SubmissionState.ofReports.map(\.addition)

  package var state: AdditionState { submission.state.addition }
  package var message: String? { submission.message }
  package var taskID: String? { submission.taskID }

  package var isFine: Bool {
    state.standing == .done && (task?.outcome ?? .good) == .good && submission.ledgerFailure == nil
  }

  package var advice: String? {
    guard submission.state == .unknown else { return nil }
    let reconcile = "wan-check ledger reconcile\(displayText(providerOptions + ledgerOption))"
    return "unknown: `\(reconcile)` shows what the provider has; then `wan-check ledger resolve` each"
  }

  package func json(showURLs: Bool) -> any Encodable { JSONSubmission(report: self, showURLs: showURLs) }

  package func text(_ layout: TextLayout) -> String { SubmissionLines(layout: layout).text(self) }

  package func markup(showURLs: Bool) -> Markup { HTMLSubmission(report: self, showURLs: showURLs).markup }

  package func markdown() -> String {
    let reason = message.map { ": \(MarkdownText.prose($0))" } ?? ""
    var text = "- **\(state.words)**\(reason)\n"
    if let taskID { text += "  - task \(MarkdownText.prose(taskID))\n" }
    if let status = task?.ending.task?.status {
      text += "  - its status \(MarkdownText.prose(status.rawValue))\n"
    }
    for parameter in submission.error?.invalidParameters ?? [] {
      text += "  - \(MarkdownText.prose("\(parameter.name): \(parameter.reason)"))\n"
    }
    if let row = submission.ledgerRow, submission.state == .unknown {
      text += "  - look: `wan-check ledger show \(row)`\n"
    }
    return text
  }
}

extension SubmissionState {
  /// The state in the form of the reports of checks.
  var addition: AdditionState {
    switch self {
    case .submitted, .alreadySubmitted: AdditionState(rawValue, .done)
    case .refused: AdditionState(rawValue, .refused)
    case .unknown, .unrecognized: AdditionState(Self.unknown.rawValue, .unknown)
    case .notSent, .sending: AdditionState(Self.notSent.rawValue, .notDone)
    }
  }
}

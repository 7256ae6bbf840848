/// The state of a job on its way to the provider: in the ledger's rows, in a `Submission`, and in every report.
///
/// ```
/// (new)    → sending           the ledger has the row; the request leaves next
/// sending  → submitted         the answer names a task
/// sending  → refused           the answer is 4xx, names no task, and is not 408, 409 or 429
/// sending  → unknown           the answer is lost, unreadable, 408, 409 or 5xx, redirects, or names a task beside an error;
///                              or the process ended before the answer
/// sending  → notSent           no connection, or 429
/// notSent  → sending           the same run tries again; a later run makes a new row
/// refused  → (new)             a later run may send the job again
/// unknown  → submitted         the provider's task came late, or a person found it: `ledger resolve --task`
/// unknown  → notSent           a person found none: `ledger resolve --not-sent`
/// ```
///
/// Every other change of a row is an error. `alreadySubmitted` is in no row: it reports that an earlier
/// row is `submitted`, so that nothing was sent. `ClaimRule` decides which jobs may be sent,
/// `SettlementRule` how rows change.
public enum SubmissionState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The request is under way, or about to leave.
  case sending
  /// The provider took the job: there is a task.
  case submitted
  /// The provider took the job before; nothing was sent.
  case alreadySubmitted
  /// The provider did not take the job and gave the reason, or the job's id belongs to another job.
  case refused
  /// The request left, and it is not known whether the provider took the job; a person decides.
  case unknown
  /// The request did not leave, or the provider certainly did not take the job.
  case notSent
  /// A state from another version in a ledger. It is treated like `unknown`.
  case unrecognized(String)

  /// The states that a row of the ledger can have.
  package static let ofRows: [SubmissionState] = [.sending, .submitted, .refused, .unknown, .notSent]
  /// The states that a report can have, in the order in which it counts them.
  package static let ofReports: [SubmissionState] = [
    .submitted, .alreadySubmitted, .refused, .unknown, .notSent,
  ]

  /// The state with that name.
  public init(rawValue: String) {
    self = (Self.ofRows + Self.ofReports).first { $0.rawValue == rawValue } ?? .unrecognized(rawValue)
  }

  /// The stable name in ledgers and reports.
  public var rawValue: String {
    switch self {
    case .sending: "sending"
    case .submitted: "submitted"
    case .alreadySubmitted: "already_submitted"
    case .refused: "refused"
    case .unknown: "unknown"
    case .notSent: "not_sent"
    case .unrecognized(let name): name
    }
  }

  /// The stable name.
  public var description: String { rawValue }
}

/// The outcome of one attempt to send a job. The ledger's row and the `Submission` are made from it.
enum SendingOutcome: Sendable, Hashable {
  /// The provider took the job.
  case submitted(WanTask)
  /// The provider did not take it.
  case refused(ProviderError)
  /// It is not known whether the provider took it; the text is the reason.
  case unknown(String, ProviderError? = nil)
  /// The request did not leave, or the job was certainly not taken; the text is the reason.
  case notSent(String, ProviderError? = nil)

  /// The state of a row with this outcome.
  var state: SubmissionState {
    switch self {
    case .submitted: .submitted
    case .refused: .refused
    case .unknown: .unknown
    case .notSent: .notSent
    }
  }
}

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
/// Every other change of a row is an error. `alreadySubmitted` is in no row: it reports that an earlier row is
/// `submitted`, so that nothing was sent. `ClaimRule` decides what may leave, `SettlementRule` how rows change.
public enum SubmissionState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  /// The request is under way, or about to leave.
  case sending
  /// The provider took the job: there is a task.
  case submitted
  /// The provider took the job before; nothing was sent.
  case alreadySubmitted
  /// The provider did not take the job and says why, or the job's id belongs to another job.
  case refused
  /// The request left, and whether the provider took the job is not known; a person decides.
  case unknown
  /// The request did not leave, or the provider certainly did not take the job.
  case notSent
  /// A word of another version in a ledger. It is treated like `unknown`.
  case unrecognized(String)

  /// The states that a row of the ledger may have.
  package static let ofRows: [SubmissionState] = [.sending, .submitted, .refused, .unknown, .notSent]
  /// The states that a report may have, in the order in which it counts them.
  package static let ofReports: [SubmissionState] = [
    .submitted, .alreadySubmitted, .refused, .unknown, .notSent,
  ]

  /// The state of that name.
  public init(rawValue: String) {
    self = (Self.ofRows + Self.ofReports).first { $0.rawValue == rawValue } ?? .unrecognized(rawValue)
  }

  /// The stable name, as ledgers and reports have it.
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

/// What one attempt to send a job came to; the ledger's row and the `Submission` are made of it.
enum SendingOutcome: Sendable, Hashable {
  /// The provider took the job.
  case submitted(WanTask)
  /// The provider did not take it.
  case refused(ProviderError)
  /// Whether the provider took it is not known; why.
  case unknown(String, ProviderError? = nil)
  /// It did not leave, or certainly was not taken; why.
  case notSent(String, ProviderError? = nil)

  /// The state that follows.
  var state: SubmissionState {
    switch self {
    case .submitted: .submitted
    case .refused: .refused
    case .unknown: .unknown
    case .notSent: .notSent
    }
  }
}

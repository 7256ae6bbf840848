/// A person's answer to an unknown row: whether there is a task.
public enum LedgerResolution: Sendable, Hashable {
  /// The provider took the job; this is the task.
  case task(String)
  /// The provider did not take the job; it may be sent again.
  case notSent

  /// The name in the ledger.
  var name: String {
    switch self {
    case .task: "task"
    case .notSent: "not_sent"
    }
  }
}

/// Decides how rows change, without a database.
enum SettlementRule {
  /// The effect of a settlement on a row.
  enum Step: Sendable, Hashable {
    /// The row changes to this.
    case write(LedgerRow)
    /// The row already has this outcome.
    case nothing
    /// The row has a different outcome.
    case contradiction
  }

  /// Settles `row` at `now`, from `sending`, or from `unknown` if the provider's task came late.
  static func settle(_ row: LedgerRow, as outcome: SendingOutcome, now: Double) -> Step {
    var settled = row
    settled.settledAt = now
    settled.state = outcome.state
    settled.message = nil
    switch outcome {
    case .submitted(let task): settled.taskID = task.id
    case .refused(let error):
      settled.status = error.status
      settled.message = error.message
      settled.requestID = error.requestID
    case .unknown(let reason, let error):
      settled.status = error?.status
      settled.message = reason
    case .notSent(let reason, _): settled.message = reason
    }
    switch row.state {
    case .sending: return .write(settled)
    case .unknown where settled.state == .submitted: return .write(settled)
    // If there are several reasons for an unknown outcome, the first one stays.
    case .unknown where settled.state == .unknown: return .nothing
    case settled.state where settled.taskID == row.taskID: return .nothing
    default: return .contradiction
    }
  }

  /// Records a person's resolution of `row` at `now`; `nil` if the row is not unknown.
  static func resolve(_ row: LedgerRow, as resolution: LedgerResolution, now: Double) -> LedgerRow? {
    guard row.state == .unknown else { return nil }
    var resolved = row
    resolved.resolution = resolution.name
    resolved.resolvedAt = now
    resolved.settledAt = row.settledAt ?? now
    switch resolution {
    case .task(let id):
      resolved.state = .submitted
      resolved.taskID = id
    case .notSent:
      resolved.state = .notSent
    }
    return resolved
  }
}

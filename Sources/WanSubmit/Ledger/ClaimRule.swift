/// Decides on a claim from the rows of the ledger, without a database or a clock.
enum ClaimRule {
  /// The decision, and the rows that it changes.
  struct Judgement: Sendable, Hashable {
    /// The rows whose process has ended; they become unknown.
    var abandoned: [LedgerRow] = []
    /// Why the job must not be sent; `nil` if it can be sent.
    var obstacle: ClaimDecision?
  }

  /// - Parameters:
  ///   - same: Every row of the claim's fingerprint, oldest first.
  ///   - rivals: Every row of the same id, account and API base with another fingerprint, oldest first.
  ///   - force: Whether a submitted job is to be sent again.
  ///   - isAlive: Whether the owner of a row may still record its outcome.
  static func judge(
    same: [LedgerRow], rivals: [LedgerRow], force: Bool, isAlive: (String) -> Bool
  ) -> Judgement {
    var judgement = Judgement()
    func read(_ row: LedgerRow) -> LedgerRow {
      let read = row.asRead(isAlive: isAlive)
      if read != row { judgement.abandoned.append(read) }
      return read
    }
    // If there are several rows, messages name the newest.
    let same = Array(same.map(read).reversed())
    let rivals = Array(rivals.map(read).reversed())
    if let row = same.first(where: \.state.isUndecided) {
      judgement.obstacle = .unknown(row)
    } else if let row = same.first(where: { $0.state == .sending }) {
      judgement.obstacle = .inFlight(row)
    } else if !force, let row = same.first(where: { $0.state == .submitted }) {
      judgement.obstacle = .alreadySubmitted(row)
    } else if let row = rivals.first(where: { !$0.state.allowsSending }) {
      judgement.obstacle = .conflict(row)
    }
    return judgement
  }
}

extension SubmissionState {
  /// Whether the provider certainly did not take the job of a row in this state.
  fileprivate var allowsSending: Bool { self == .refused || self == .notSent }

  /// Whether a person must decide. Also true for a state from another version, which does not say whether the
  /// provider took the job.
  fileprivate var isUndecided: Bool { !allowsSending && self != .sending && self != .submitted }
}

import GRDB

/// The ledger's operations for the client.
extension Ledger {
  /// Claims the right to send a job. With the decision `send`, a row with the state `sending` is on disk.
  ///
  /// - Parameters:
  ///   - force: Send it although the provider took it before.
  ///   - now: Seconds since 1970.
  func claim(_ claim: LedgerClaim, force: Bool, now: Double) async throws(LedgerError) -> ClaimDecision {
    let owner = connection.owner?.token ?? ""
    try requirePlace()
    return try await write { db in
      let (judgement, last) = try self.judgement(db, claim, force: force)
      for var row in judgement.abandoned {
        row.settledAt = now
        try LedgerStore.update(db, row)
      }
      if let obstacle = judgement.obstacle { return obstacle }
      // Another try of the same attempt, after a rate limit or a failed connection.
      if let last, last.state == .notSent, last.owner == owner, last.resolution == nil {
        try LedgerStore.resend(db, last.id, now: now)
        return .send(last.id)
      }
      return .send(try LedgerStore.insert(db, claim, owner: owner, force: force, now: now))
    }
  }

  /// The decision that `claim` would make; nothing is written. The row number of `send` is 0.
  func peek(_ claim: LedgerClaim, force: Bool) async throws(LedgerError) -> ClaimDecision {
    try await read { db in try self.judgement(db, claim, force: force).0.obstacle ?? .send(0) }
  }

  /// The decision on a claim, and the newest row with its fingerprint.
  private func judgement(
    _ db: Database, _ claim: LedgerClaim, force: Bool
  ) throws -> (ClaimRule.Judgement, LedgerRow?) {
    let fingerprints = [claim.fingerprint] + claim.formerFingerprints
    let places = databaseQuestionMarks(count: fingerprints.count)
    let same = try LedgerStore.rows(
      db, where: "fingerprint IN (\(places))", StatementArguments(fingerprints))
    let rivals = try claim.jobID.map { id in
      try LedgerStore.rows(
        db, where: "job_id = ? AND account = ? AND api_base = ? AND fingerprint NOT IN (\(places))",
        StatementArguments([id, claim.account, claim.apiBase] + fingerprints))
    }
    let judgement = ClaimRule.judge(same: same, rivals: rivals ?? [], force: force, isAlive: isAlive)
    return (judgement, same.last)
  }

  /// Records the outcome of the request of `row` at `now`, in seconds since 1970. Recording the same outcome
  /// again is not an error.
  func settle(_ row: Int64, as outcome: SendingOutcome, now: Double) async throws(LedgerError) {
    try await write { db in
      guard let found = try LedgerStore.row(db, row) else { throw LedgerError.noRow(row) }
      switch SettlementRule.settle(found, as: outcome, now: now) {
      case .write(let settled): try LedgerStore.update(db, settled)
      case .nothing: break
      case .contradiction:
        throw LedgerError(.settled, message: "row \(row) of the ledger is already \(found.state)")
      }
    }
  }

  /// The newest row with this task.
  package func row(ofTask id: String, apiBase: String) async throws(LedgerError) -> LedgerRow? {
    try await read { db in
      try LedgerStore.rows(
        db, where: "task_id = ? AND api_base = ?", [id, apiBase], order: "id DESC", limit: 1
      ).first
    }
  }

  /// Records a webhook's id; `false` if it was recorded before.
  ///
  /// - Parameters:
  ///   - id: The `webhook-id`.
  ///   - timestamp: Its `webhook-timestamp`.
  ///   - now: Seconds since 1970.
  public func admit(_ id: String, timestamp: Int64, now: Double) async throws -> Bool {
    try await write { db in
      // This is much longer than any window in which a verifier accepts a timestamp. So a clock that jumps
      // back and forth does not make an old webhook acceptable again.
      let oldest = now - 86_400
      try db.execute(
        sql: "DELETE FROM webhook WHERE timestamp < ?1 AND seen_at < ?1", arguments: [oldest])
      try db.execute(
        sql: "INSERT OR IGNORE INTO webhook (id, timestamp, seen_at) VALUES (?, ?, ?)",
        arguments: [id, timestamp, now])
      return db.changesCount == 1
    }
  }
}

extension LedgerError {
  static func noRow(_ row: Int64) -> LedgerError {
    LedgerError(.notFound, message: "the ledger has no row \(row)")
  }
}

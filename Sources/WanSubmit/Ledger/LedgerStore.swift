import GRDB
import WanCheck

/// Reads and writes rows in SQL. Every value is validated: a manipulated file must not end the process.
enum LedgerStore {
  /// The rows that match `condition`, with their assets.
  static func rows(
    _ db: Database, where condition: String, _ arguments: StatementArguments = [], order: String = "id",
    limit: Int? = nil
  ) throws -> [LedgerRow] {
    let bound = limit.map { " LIMIT \(max(0, $0))" } ?? ""
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM submission WHERE \(condition) ORDER BY \(order)\(bound)", arguments: arguments)
    return try rows.map { try row($0, db) }
  }

  /// The row with this number.
  static func row(_ db: Database, _ id: Int64) throws -> LedgerRow? {
    try rows(db, where: "id = ?", [id]).first
  }

  /// Adds a row with the state `sending` for `claim`, and returns its number.
  static func insert(
    _ db: Database, _ claim: LedgerClaim, owner: String, force: Bool, now: Double
  ) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO submission (fingerprint, account, api_base, job_id, input, position, mode, ordered_duration,
          ordered_resolution, forced, owner, state, sent_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        claim.fingerprint, claim.account, claim.apiBase, claim.jobID, claim.input, claim.index,
        claim.mode.rawValue, claim.orderedDuration, claim.orderedResolution, force, owner,
        SubmissionState.sending.rawValue, now,
      ])
    let id = db.lastInsertedRowID
    for (position, asset) in claim.assets.enumerated() {
      try db.execute(
        sql: """
          INSERT INTO asset (submission, position, role, sha256, bytes, location_id) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [id, position, asset.role, asset.sha256, asset.bytes, asset.locationID])
    }
    return id
  }

  /// Changes the row's state to `sending` for another try.
  static func resend(_ db: Database, _ id: Int64, now: Double) throws {
    try db.execute(
      sql: """
        UPDATE submission SET state = ?, sent_at = ?, settled_at = NULL, message = NULL, status = NULL,
          request_id = NULL WHERE id = ?
        """,
      arguments: [SubmissionState.sending.rawValue, now, id])
  }

  /// Writes the columns of a row that can change.
  static func update(_ db: Database, _ row: LedgerRow) throws {
    try db.execute(
      sql: """
        UPDATE submission SET state = ?, settled_at = ?, task_id = ?, status = ?, message = ?, request_id = ?,
          resolution = ?, resolved_at = ? WHERE id = ?
        """,
      arguments: [
        row.state.rawValue, row.settledAt, row.taskID, row.status, row.message, row.requestID, row.resolution,
        row.resolvedAt, row.id,
      ])
  }

  private static func row(_ row: Row, _ db: Database) throws -> LedgerRow {
    let id: Int64 = try needed(row, "id")
    return LedgerRow(
      id: id, fingerprint: try needed(row, "fingerprint"), account: try needed(row, "account"),
      apiBase: try needed(row, "api_base"), jobID: try value(row, "job_id"), input: try needed(row, "input"),
      index: try needed(row, "position"), mode: try needed(row, "mode"),
      orderedDuration: try value(row, "ordered_duration"),
      orderedResolution: try value(row, "ordered_resolution"), assets: try assets(db, of: id),
      isForced: try needed(row, "forced"), state: SubmissionState(rawValue: try needed(row, "state")),
      sentAt: try needed(row, "sent_at"), settledAt: try value(row, "settled_at"),
      taskID: try value(row, "task_id"), status: try value(row, "status"), message: try value(row, "message"),
      requestID: try value(row, "request_id"), resolution: try value(row, "resolution"),
      resolvedAt: try value(row, "resolved_at"), owner: try needed(row, "owner"))
  }

  private static func assets(_ db: Database, of id: Int64) throws -> [LedgerAsset] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM asset WHERE submission = ? ORDER BY position", arguments: [id])
    return try rows.map { row in
      LedgerAsset(
        role: try needed(row, "role"), sha256: try needed(row, "sha256"), bytes: try needed(row, "bytes"),
        locationID: try needed(row, "location_id"))
    }
  }

  private static func value<Value: DatabaseValueConvertible>(_ row: Row, _ name: String) throws -> Value? {
    guard let stored: DatabaseValue = row[name], !stored.isNull else { return nil }
    guard let value = Value.fromDatabaseValue(stored) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return value
  }

  private static func needed<Value: DatabaseValueConvertible>(_ row: Row, _ name: String) throws -> Value {
    guard let value: Value = try value(row, name) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return value
  }
}

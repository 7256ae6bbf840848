import GRDB
import Locations

/// A filter for rows.
public struct LedgerFilter: Sendable, Hashable {
  /// Only rows in this state; `nil` for all.
  public var state: SubmissionState?
  /// Only this number of the newest rows; `nil` for all.
  public var limit: Int?

  /// A filter; without arguments it selects every row.
  public init(state: SubmissionState? = nil, limit: Int? = nil) {
    self.state = state
    self.limit = limit
  }
}

/// The ledger's operations for people. A row whose process ended while it was sending is
/// always shown as unknown.
extension Ledger {
  /// The rows that `filter` selects, newest last.
  public func rows(_ filter: LedgerFilter = LedgerFilter()) async throws(LedgerError) -> [LedgerRow] {
    guard filter.limit.map({ $0 > 0 }) ?? true else { return [] }
    var rows: [LedgerRow] = []
    var before = Int64.max
    while true {
      let page = try await page(before: before, state: filter.state)
      for row in page where filter.state.map({ $0 == row.state }) ?? true {
        rows.append(row)
        if rows.count == filter.limit { return rows.reversed() }
      }
      guard let last = page.last else { return rows.reversed() }
      before = last.id
    }
  }

  /// Calls `body` with each row, oldest first, in the state in which it was read. Only a few rows
  /// are in memory at a time.
  ///
  /// - Throws: `LedgerError`, or what `body` throws.
  public func forEachRow(_ body: (LedgerRow) async throws -> Void) async throws {
    var after: Int64 = 0
    while true {
      let first = after
      let page = try await read { db in
        try LedgerStore.rows(db, where: "id > ?", [first], limit: Self.pageSize).map(self.asRead)
      }
      for row in page { try await body(row) }
      guard let last = page.last else { return }
      after = last.id
    }
  }

  /// The row with this number, with a fingerprint that begins with these 12 or more digits, or with this job
  /// id; the first of these that exists. `nil` if there is none.
  ///
  /// - Throws: `ambiguous` if there are several such rows.
  public func row(_ reference: String) async throws(LedgerError) -> LedgerRow? {
    try await read { db in
      if let number = Int64(reference), let row = try LedgerStore.row(db, number) { return self.asRead(row) }
      var found: [LedgerRow] = []
      let digits = reference.lowercased()
      if (12...64).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isHexadecimal) {
        // Every longer text that begins with these digits sorts before the digits followed by `g`.
        found = try LedgerStore.rows(
          db, where: "fingerprint >= ? AND fingerprint < ?", [digits, digits + "g"])
      }
      if found.isEmpty { found = try LedgerStore.rows(db, where: "job_id = ?", [reference]) }
      guard found.count <= 1 else {
        let numbers = found.prefix(10).map { String($0.id) }.joined(separator: ", ")
        let more = found.count > 10 ? ", …" : ""
        throw LedgerError(
          .ambiguous,
          message: "\(displayText(reference)) means several rows of the ledger: \(numbers)\(more)")
      }
      return found.first.map(self.asRead)
    }
  }

  /// Records what a person found out about `row`, which must be unknown, and returns the changed row.
  ///
  /// - Parameters:
  ///   - row: the number of the row.
  ///   - resolution: the task, or that there is none.
  ///   - now: seconds since 1970.
  /// - Throws: `LedgerError`, with the code `notUnknown` if the row is settled or is being sent.
  public func resolve(
    _ row: Int64, as resolution: LedgerResolution, now: Double
  ) async throws(LedgerError) -> LedgerRow {
    try await write { db in
      guard let found = try LedgerStore.row(db, row).map(self.asRead) else { throw LedgerError.noRow(row) }
      guard let resolved = SettlementRule.resolve(found, as: resolution, now: now) else {
        let why =
          found.state == .sending ? "being sent now by another process" : "\(found.state), not unknown"
        throw LedgerError(.notUnknown, message: "row \(row) of the ledger is \(displayText(why))")
      }
      if case .task(let id) = resolution,
        let other = try LedgerStore.rows(
          db, where: "task_id = ? AND api_base = ?", [id, found.apiBase], limit: 1
        ).first
      {
        throw LedgerError(
          .taskTaken, message: "the task \(displayText(id)) belongs to row \(other.id) of the ledger")
      }
      try LedgerStore.update(db, resolved)
      return resolved
    }
  }

  private static let pageSize = 256

  /// Some rows before this number, newest first. Rows of other states are included if their state
  /// depends on their process.
  private func page(before: Int64, state: SubmissionState?) async throws(LedgerError) -> [LedgerRow] {
    try await read { db in
      guard let state else {
        return try LedgerStore.rows(
          db, where: "id < ?", [before], order: "id DESC", limit: Self.pageSize
        ).map(self.asRead)
      }
      let alternative = state == .unknown ? SubmissionState.sending : state
      return try LedgerStore.rows(
        db, where: "id < ? AND state IN (?, ?)", [before, state.rawValue, alternative.rawValue],
        order: "id DESC", limit: Self.pageSize
      ).map(self.asRead)
    }
  }

  @Sendable private func asRead(_ row: LedgerRow) -> LedgerRow { row.asRead(isAlive: isAlive) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

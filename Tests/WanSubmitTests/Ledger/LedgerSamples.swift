import FixtureKit
import Foundation
import SystemPackage
import Testing
import WanCheck

@testable import WanSubmit

extension LedgerClaim {
  /// A claim whose fingerprint repeats one digit.
  static func sample(_ digit: Character = "a", id: String? = nil, account: Character = "c") -> LedgerClaim {
    LedgerClaim(
      fingerprint: String(repeating: digit, count: 64), account: String(repeating: account, count: 64),
      apiBase: "https://api.freepik.com", jobID: id, input: "jobs.jsonl", index: 3, mode: .firstFrame,
      orderedDuration: 5, orderedResolution: "1080P",
      assets: [
        LedgerAsset(
          role: .startImage, sha256: String(repeating: "d", count: 64), bytes: 18_211,
          locationID: "5f2c9a1b77e0")
      ])
  }
}

extension LedgerRow {
  /// A row of the sample claim.
  static func sample(
    _ id: Int64, _ state: SubmissionState, _ digit: Character = "a", owner: String = "alive",
    taskID: String? = nil,
    account: Character = "c", sentAt: Double = 1000
  ) -> LedgerRow {
    LedgerRow(
      id: id, fingerprint: String(repeating: digit, count: 64),
      account: String(repeating: account, count: 64),
      apiBase: "https://api.freepik.com", jobID: nil, input: "jobs.jsonl", index: 0, mode: "first_frame",
      assets: [], isForced: false, state: state, sentAt: sentAt, taskID: taskID, owner: owner)
  }
}

extension ClaimDecision {
  /// The row's number, if the job may be sent.
  var sent: Int64? { if case .send(let row) = self { row } else { nil } }

  /// The row that is in the way.
  var obstacle: LedgerRow? {
    switch self {
    case .send: nil
    case .alreadySubmitted(let row), .unknown(let row), .inFlight(let row), .conflict(let row): row
    }
  }

  /// The decision without its row.
  var name: String {
    switch self {
    case .send: "send"
    case .alreadySubmitted: "alreadySubmitted"
    case .unknown: "unknown"
    case .inFlight: "inFlight"
    case .conflict: "conflict"
    }
  }
}

extension TemporaryFolder {
  /// The path of `name` in it.
  func path(_ name: String = "ledger.sqlite3") -> FilePath { FilePath(url.appending(path: name).path) }

  /// Waits until the whole ledger in it is in one file. The last reference closes the ledger, perhaps a moment later.
  func waitUntilTheLedgerIsClosed() throws {
    let log = url.appending(path: "ledger.sqlite3-wal").path
    for _ in 0..<1000 where FileManager.default.fileExists(atPath: log) { usleep(10_000) }
    try #require(!FileManager.default.fileExists(atPath: log))
  }
}

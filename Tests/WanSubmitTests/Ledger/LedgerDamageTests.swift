import FixtureKit
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import WanSubmit

/// Files that must be refused, and stay as they are.
@Suite struct LedgerDamageTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private var file: URL { folder.url.appending(path: "ledger.sqlite3") }

  /// Opens the file in every way; all must fail with one of `codes`, and leave its bytes and its neighbours alone.
  private func refuses(_ codes: LedgerError.Code..., sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let bytes = try Data(contentsOf: file)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    let ways: [@Sendable (FilePath) throws -> Ledger] = [
      { try Ledger(at: $0) }, { try Ledger.existing(at: $0) }, { try Ledger.reading(at: $0) },
    ]
    for open in ways {
      let found = await code { _ = try open(folder.path()) }
      #expect(
        codes.contains { $0 == found }, "\(found?.rawValue ?? "opened")", sourceLocation: sourceLocation)
    }
    #expect(try Data(contentsOf: file) == bytes, sourceLocation: sourceLocation)
    if codes == [.foreign] {
      let after = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      #expect(after == before, sourceLocation: sourceLocation)
    }
  }

  /// A ledger of some pages, closed.
  private func makeLedger() async throws {
    try await Ledger(at: folder.path()).write { db in
      for number in 0..<100 {
        var claim = LedgerClaim.sample(id: "job-\(number)")
        claim.fingerprint = String(repeating: "0", count: 60) + String(1000 + number)
        _ = try LedgerStore.insert(db, claim, owner: LedgerOwner.newToken(), force: false, now: 1)
      }
    }
    try folder.waitUntilTheLedgerIsClosed()
  }

  private func change(_ sql: String) async throws {
    let queue = try DatabaseQueue(path: folder.path().string)
    try await queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test(arguments: ["text", "x", String(repeating: "random\u{0}", count: 5000), "SQLite format 3"])
  func otherFilesAreForeign(_ text: String) async throws {
    try folder.write(text, to: "ledger.sqlite3")
    try await refuses(.foreign)
  }

  @Test(arguments: ["DELETE", "WAL"])
  func otherDatabasesAreForeign(_ mode: String) async throws {
    try await change("PRAGMA journal_mode = \(mode); CREATE TABLE submission (id INTEGER PRIMARY KEY)")
    try await refuses(.foreign)
  }

  /// Page 1 comes first, and already counts the pages that are still to come.
  @Test func aCheckpointThatWasCutShortIsNoDamage() async throws {
    _ = try Ledger(at: folder.path())
    let ledger = try Ledger(at: folder.path())
    let early = try Data(contentsOf: file)
    try await ledger.write { db in
      for number in 0..<100 {
        var claim = LedgerClaim.sample(id: "job-\(number)")
        claim.fingerprint = String(repeating: "0", count: 60) + String(1000 + number)
        _ = try LedgerStore.insert(db, claim, owner: LedgerOwner.newToken(), force: false, now: 1)
      }
    }
    let wal = try Data(contentsOf: folder.url.appending(path: "ledger.sqlite3-wal"))
    _ = try await ledger.connection.queue.writeWithoutTransaction { try $0.checkpoint(.full) }
    let late = try Data(contentsOf: file)
    try #require(late.count > early.count)
    try (late.prefix(4096) + early.dropFirst(4096)).write(to: folder.url.appending(path: "cut.sqlite3"))
    try wal.write(to: folder.url.appending(path: "cut.sqlite3-wal"))
    #expect(try await Ledger(at: folder.path("cut.sqlite3")).rows().count == 100)
  }

  @Test(arguments: [
    "PRAGMA user_version = 3",
    "INSERT INTO grdb_migrations (identifier) VALUES ('3: something new')",
  ])
  func newerLedgersAreLeftToNewerVersions(_ sql: String) async throws {
    try await makeLedger()
    try await change(sql)
    try await refuses(.newer)
  }

  @Test func aNewerVersionIsSaidInWords() async throws {
    try await makeLedger()
    try await change("PRAGMA user_version = 3")
    let error = #expect(throws: LedgerError.self) { _ = try Ledger(at: folder.path()) }
    #expect(error?.message.contains("made by a newer wan-check") == true)
    #expect(error?.message.contains("ledger.sqlite3") == true)
  }

  @Test(arguments: 1..<12)
  func aPageOfGarbageIsDamage(_ page: Int) async throws {
    try await makeLedger()
    var bytes = try Data(contentsOf: file)
    let size = 4096
    try #require(bytes.count > 12 * size)
    for offset in 0..<size { bytes[page * size + offset] = UInt8(truncatingIfNeeded: offset &* 37 &+ 11) }
    try bytes.write(to: file)
    try await refuses(.damaged)
  }

  @Test(arguments: [50, 100, 3000, 4096, 8192, 20_000])
  func aPartOfALedgerIsDamage(_ length: Int) async throws {
    try await makeLedger()
    try Data(contentsOf: file).prefix(length).write(to: file)
    try await refuses(.damaged, .foreign)
  }

  @Test(arguments: 0..<100)
  func noBitOfTheHeaderEndsTheProcess(_ offset: Int) async throws {
    try await makeLedger()
    var bytes = try Data(contentsOf: file)
    bytes[offset] ^= 0xFF
    try bytes.write(to: file)
    var rows: Int?
    let failure = await code { rows = try await Ledger(at: folder.path()).rows().count }
    guard let failure else {
      // Some bits mean nothing: then the ledger works.
      #expect(rows == 100)
      return
    }
    #expect([.damaged, .foreign, .newer, .readOnly].contains(failure), "\(failure.rawValue)")
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test func aValueOfTheWrongKindIsDamage() async throws {
    try await makeLedger()
    // Another program may write so into the file: the table's definition no longer restricts the values.
    try await change(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_master SET sql = replace(replace(sql, ') STRICT', ')'), 'position INTEGER', 'position')
        WHERE name = 'submission';
      """)
    try await change("UPDATE submission SET position = 'x' WHERE id = 7")
    #expect(await code { _ = try await Ledger(at: folder.path()).rows() } == .damaged)
  }

  @Test func whatIsNoFileIsUnreadable() async throws {
    #expect(await code { _ = try Ledger(at: FilePath(folder.url.path)) } == .unreadable)
    #expect(await code { _ = try Ledger.reading(at: "/dev/null") } == .unreadable)
    #expect(await code { _ = try Ledger(at: "/dev/null") } == .unreadable)
    #expect(await code { _ = try Ledger(at: "") } == .unreadable)
    #expect(await code { _ = try Ledger(at: "/") } == .unreadable)
    try folder.write("x", to: "file")
    #expect(await code { _ = try Ledger(at: folder.path("file/ledger")) } == .unreadable)
    #expect(await code { _ = try Ledger(at: "/proc/no-such-folder/ledger.sqlite3") } != nil)
  }

  @Test func anErrorKeepsSQLitesCode() {
    let error = LedgerError(DatabaseError(resultCode: ResultCode(rawValue: 778)), ledger: "x")
    #expect(error.code == .failed)
    #expect(error.sqliteCode == 778)
  }
}

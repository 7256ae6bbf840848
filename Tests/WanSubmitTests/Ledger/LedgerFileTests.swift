import FixtureKit
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import WanSubmit

/// The file of a ledger: how it is made, and which files are not changed.
@Suite struct LedgerFileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func commitsReachTheDisk() async throws {
    let ledger = try Ledger(at: folder.path())
    let pragmas = try await ledger.read { db in
      try ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id", "user_version"]
        .map {
          try String.fetchOne(db, sql: "PRAGMA \($0)")
        }
    }
    #expect(pragmas == ["wal", "2", "1", "10000", String(LedgerSchema.applicationID), "2"])
    // A reader of the file alone sees that too.
    let header = try Data(contentsOf: folder.url.appending(path: "ledger.sqlite3")).prefix(100)
    #expect(Array(header[68..<72]) == Array("WANC".utf8))
    #expect(header[63] == 2)
  }

  @Test func nobodyElseMayRead() async throws {
    let path = folder.path("state/wan-check/ledger.sqlite3")
    let before = umask(0o022)
    defer { umask(before) }
    let ledger = try Ledger(at: path)
    _ = try await ledger.claim(.sample(), force: false, now: 1)
    for suffix in ["", "-wal", "-shm"] {
      #expect(try Stat(FilePath(path.string + suffix)).permissions == .ownerReadWrite, "\(suffix)")
    }
    for name in ["state", "state/wan-check", "state/wan-check/ledger.sqlite3-owners"] {
      #expect(try Stat(folder.path(name)).permissions == .ownerReadWriteExecute, "\(name)")
    }
  }

  @Test func noSecretIsInTheBytes() async throws {
    let key = try #require(APIKey("FPSX-very-secret"))
    let path = folder.path()
    do {
      let ledger = try Ledger(at: path)
      var claim = LedgerClaim.sample()
      claim.account = key.digest
      _ = try await ledger.claim(claim, force: false, now: 1)
    }
    try folder.waitUntilTheLedgerIsClosed()
    let bytes = try Data(contentsOf: folder.url.appending(path: "ledger.sqlite3"))
    #expect(bytes.range(of: Data(key.digest.utf8)) != nil)
    #expect(bytes.range(of: Data("FPSX".utf8)) == nil)
  }

  @Test func anEmptyFileBecomesALedger() async throws {
    try folder.write("", to: "ledger.sqlite3")
    #expect(try await Ledger.reading(at: folder.path()).rows().isEmpty)
    #expect(try await Ledger(at: folder.path()).claim(.sample(), force: false, now: 1).sent == 1)
  }

  @Test func aLedgerWhoseMakingWasInterruptedIsFinished() async throws {
    do {
      let queue = try DatabaseQueue(path: folder.path().string)
      try await queue.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA application_id = \(LedgerSchema.applicationID)")
      }
    }
    #expect(try await Ledger.reading(at: folder.path()).rows().isEmpty)
    #expect(try await Ledger(at: folder.path()).claim(.sample(), force: false, now: 1).sent == 1)
  }

  @Test func aMissingLedgerIsMadeOnlyForWriting() async {
    #expect(await code { _ = try Ledger.reading(at: folder.path()) } == .missing)
    #expect(await code { _ = try Ledger.existing(at: folder.path("a/b")) } == .missing)
    #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) == [])
  }

  @Test func aLinkLeadsToTheLedger() async throws {
    let ledger = try Ledger(at: folder.path("real/ledger.sqlite3"))
    #expect(try await ledger.claim(.sample(), force: false, now: 1).sent == 1)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link").string, withDestinationPath: "real/ledger.sqlite3")
    // The owner is found through the link as well.
    #expect(
      try await Ledger(at: folder.path("link")).claim(.sample(), force: false, now: 2).name == "inFlight")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("dangling").string, withDestinationPath: "nowhere")
    #expect(await code { _ = try Ledger(at: folder.path("dangling")) } == .unreadable)
  }

  @Test(arguments: ["a b.sqlite3", "a?b#c%20.sqlite3", "file:x.sqlite3", "ü.sqlite3", "'\";.sqlite3"])
  func anyNameWillDo(_ name: String) async throws {
    do { _ = try Ledger(at: folder.path().removingLastComponent().appending(name)) }
    let ledger = try Ledger(at: folder.path().removingLastComponent().appending(name))
    #expect(try await ledger.claim(.sample(), force: false, now: 1).sent == 1)
  }

  @Test func aFullDiskIsAnErrorAndTheClaimIsNotThere() async throws {
    var settings = LedgerSettings()
    settings.maximumPages = 1
    let ledger = try Ledger(at: folder.path(), settings: settings)
    var failures: [LedgerError] = []
    var sent = 0
    for number in 0..<200 where failures.isEmpty {
      var claim = LedgerClaim.sample(id: "job-\(number)")
      claim.fingerprint = String(repeating: "0", count: 60) + String(1000 + number)
      do {
        _ = try await ledger.claim(claim, force: false, now: 1)
        sent += 1
      } catch {
        failures.append(error)
      }
    }
    #expect(failures.map(\.code) == [.full])
    #expect(failures.first?.sqliteCode == 13)
    #expect(try await ledger.rows().count == sent)
  }

  @Test func aBusyLedgerIsGivenUpInTime() async throws {
    var settings = LedgerSettings()
    settings.patience = .milliseconds(50)
    let ledger = try Ledger(at: folder.path(), settings: settings)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.path().string, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    #expect(await code { _ = try await ledger.claim(.sample(), force: false, now: 1) } == .busy)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await ledger.claim(.sample(), force: false, now: 1).sent == 1)
  }

  @Test func nothingIsSentOnTheWordOfALedgerThatIsGone() async throws {
    let ledger = try Ledger(at: folder.path())
    #expect(try await ledger.claim(.sample("b"), force: false, now: 1).sent == 1)
    try FileManager.default.moveItem(atPath: folder.path().string, toPath: folder.path("moved").string)
    #expect(await code { _ = try await ledger.claim(.sample(), force: false, now: 1) } == .missing)
    // The outcome of the earlier request is not lost.
    try await ledger.settle(1, as: .submitted(WanTask(id: "t", status: .created)), now: 2)
    #expect(try await ledger.row("1")?.taskID == "t")
    let another = try Ledger(at: folder.path())
    #expect(await code { _ = try await ledger.claim(.sample(), force: false, now: 1) } == .missing)
    #expect(try await another.rows().isEmpty)
  }

  @Test func readersDoNotWrite() async throws {
    let number = try await Ledger(at: folder.path()).claim(.sample(), force: false, now: 1).sent
    let reader = try Ledger.reading(at: folder.path())
    #expect(await code { _ = try await reader.claim(.sample("b"), force: false, now: 2) } == .readOnly)
    #expect(try await reader.rows().map(\.id) == [number])
  }

  @Test(
    arguments: [
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/wan-check/ledger.sqlite3"),
      (["XDG_STATE_HOME": "s", "HOME": "/h"], "/h/.local/state/wan-check/ledger.sqlite3"),
      (["XDG_STATE_HOME": "", "HOME": "/h"], "/h/.local/state/wan-check/ledger.sqlite3"),
      (["HOME": "h"], nil), ([:], nil),
    ] as [([String: String], String?)])
  func theUsualPlace(environment: [String: String], path: String?) {
    #expect(Ledger.defaultPath(environment: environment) == path.map { FilePath($0) })
  }
}

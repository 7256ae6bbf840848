import FixtureKit
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import WanSubmit

/// A ledger whose WAL is missing, or that has another name.
@Suite struct LedgerLogTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// What a process leaves that was killed: the files as they are while the ledger is open.
  private func abandonedCopy(_ names: [String]) async throws -> FilePath {
    let ledger = try Ledger(at: folder.path())
    _ = try await ledger.claim(.sample(), force: false, now: 1)
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(
        at: folder.url.appending(path: name), to: copy.appending(path: name))
    }
    withExtendedLifetime(ledger) {}
    return folder.path("copy/ledger.sqlite3")
  }

  @Test func aMissingLogIsSaid() async throws {
    let path = try await abandonedCopy(["ledger.sqlite3"])
    let error = #expect(throws: LedgerError.self) { try Ledger(at: path) }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("ledger.sqlite3-wal is missing") ?? false)
    // A reader gets a warning, and can read.
    let reading = try Ledger.reading(at: path)
    #expect(reading.warning?.contains("was not closed") ?? false)
  }

  @Test func withItsLogNothingIsMissing() async throws {
    let path = try await abandonedCopy(["ledger.sqlite3", "ledger.sqlite3-wal"])
    let ledger = try Ledger(at: path)
    #expect(ledger.warning == nil)
    #expect(try await ledger.rows().count == 1)
  }

  @Test func anEmptyLogIsAPersonsWord() async throws {
    let path = try await abandonedCopy(["ledger.sqlite3"])
    try Data().write(to: URL(filePath: path.string + "-wal"))
    #expect(try Ledger(at: path).warning == nil)
  }

  @Test func aLedgerThatWasClosedNeedsNoLog() async throws {
    do {
      let ledger = try Ledger(at: folder.path())
      let another = try Ledger(at: folder.path())
      _ = try await ledger.claim(.sample(), force: false, now: 1)
      _ = try await another.claim(.sample("b"), force: false, now: 1)
    }
    try folder.waitUntilTheLedgerIsClosed()
    #expect(try Ledger.reading(at: folder.path()).warning == nil)
    #expect(try await Ledger(at: folder.path()).rows().count == 2)
  }

  @Test func aSecondNameIsRefused() async throws {
    do { _ = try Ledger(at: folder.path()) }
    try folder.waitUntilTheLedgerIsClosed()
    #expect(link(folder.path().string, folder.path("other").string) == 0)
    for name in ["ledger.sqlite3", "other"] {
      let error = #expect(throws: LedgerError.self) { try Ledger(at: folder.path(name)) }
      #expect(error?.message.contains("hard links") ?? false)
    }
  }
}

public import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import Locations
import SystemPackage
import WanCheck
public import WanSubmit

/// The option that selects the ledger.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger; by default wan-check/ledger.sqlite3 in $XDG_STATE_HOME or ~/.local/state.",
      valueName: "file"))
  var ledger: String?

  /// The default path of the ledger; `nil` without a home folder.
  static var usualPath: FilePath? { Ledger.defaultPath(environment: ProcessInfo.processInfo.environment) }

  /// The path of the ledger.
  func path() throws(ExitStatus) -> FilePath {
    if let ledger {
      guard !ledger.isEmpty else { throw ExitStatus.misuse("--ledger is empty") }
      return FilePath(ledger)
    }
    guard let path = Self.usualPath else {
      throw ExitStatus.misuse("there is no home folder for a ledger; pass `--ledger FILE`")
    }
    return path
  }

  /// Opens the ledger for reading.
  func reading() throws(ExitStatus) -> Ledger {
    let path = try path()
    let ledger = try Self.run { () throws(LedgerError) in try Ledger.reading(at: path) }
    if let warning = ledger.warning { StandardStream.error.writeLine("wan-check: warning: \(warning)") }
    return ledger
  }

  /// Opens the ledger for reading; `nil` if there is none.
  func readingIfThere() throws(ExitStatus) -> Ledger? {
    let path = try path()
    do throws(LedgerError) {
      let ledger = try Ledger.reading(at: path)
      if let warning = ledger.warning { StandardStream.error.writeLine("wan-check: warning: \(warning)") }
      return ledger
    } catch {
      if error.code == .missing { return nil }
      throw Self.status(of: error)
    }
  }

  /// An empty ledger in memory.
  func none() throws(ExitStatus) -> Ledger {
    try Self.run { () throws(LedgerError) in try Ledger.inMemory() }
  }

  /// Opens the ledger for writing, and creates it if it does not exist.
  func opening() throws(ExitStatus) -> Ledger {
    let path = try path()
    return try Self.run { () throws(LedgerError) in try Ledger(at: path) }
  }

  /// Opens the ledger for writing; it must exist.
  func writing() throws(ExitStatus) -> Ledger {
    let path = try path()
    return try Self.run { () throws(LedgerError) in try Ledger.existing(at: path) }
  }

  /// The row that `reference` means.
  func row(_ reference: String, of ledger: Ledger) async throws -> LedgerRow {
    let row = try await Self.run { () async throws(LedgerError) in try await ledger.row(reference) }
    guard let row else { throw ExitStatus.misuse("the ledger has no row \(displayText(reference))") }
    return row
  }

  /// The option in the form in which a suggested command repeats it.
  var repeated: String {
    ledger.map { " --ledger \(displayText(ShellWord.quoted($0)))" } ?? ""
  }

  /// Runs `body`, and turns an error of the ledger into a message and an exit code.
  static func run<Value>(_ body: () throws(LedgerError) -> Value) throws(ExitStatus) -> Value {
    do { return try body() } catch { throw status(of: error) }
  }

  /// Runs `body`, and turns an error of the ledger into a message and an exit code.
  static func run<Value>(
    _ body: () async throws(LedgerError) -> Value
  ) async throws(ExitStatus) -> Value {
    do { return try await body() } catch { throw status(of: error) }
  }

  /// Prints the error and returns the exit code: 4 if the ledger could not be written for a
  /// reason that may pass, else 2.
  static func status(of error: LedgerError) -> ExitStatus {
    StandardStream.error.writeLine("wan-check: \(error.message)")
    return [.full, .busy, .failed].contains(error.code) ? .internalError : .usage
  }
}

extension SubmissionState: ExpressibleByArgument {
  /// The state of a row with the name `argument`.
  public init?(argument: String) {
    guard let state = Self.ofRows.first(where: { $0.rawValue == argument }) else { return nil }
    self = state
  }

  /// The names of the states of rows.
  public static var allValueStrings: [String] { ofRows.map(\.rawValue) }
}

import ArgumentParser
import Foundation
import WanReport
import WanSubmit
import WanSubmitReport

/// `wan-check ledger`
struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Show what was sent, and resolve rows whose outcome is unknown.",
    subcommands: [
      LedgerListCommand.self, LedgerShowCommand.self, LedgerResolveCommand.self, LedgerReconcileCommand.self,
      LedgerExportCommand.self,
    ])
}

/// `wan-check ledger show ROW`
struct LedgerShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show everything about one row, and what to do if its outcome is unknown.")

  @Argument(
    help: ArgumentHelp(
      "The row's number, the first 12 or more digits of its fingerprint, or its job's id.", valueName: "row"))
  var row: String

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: CatalogueFormat = .text

  @OptionGroup var options: LedgerOptions

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    let row = try await options.row(row, of: try options.reading())
    try StandardStream.output.write(
      format == .json
        ? JSONDocument.text(LedgerRowJSON(row), pretty: true) + "\n"
        : LedgerDetails.text(row, ledgerOption: options.repeated, now: Date().timeIntervalSince1970))
  }
}

/// `wan-check ledger export`
struct LedgerExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print every row as a line of JSON, the oldest first.")

  @OptionGroup var options: LedgerOptions

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    let ledger = try options.reading()
    do {
      try await ledger.forEachRow { try StandardStream.output.write(LedgerRowJSON($0).line) }
    } catch let error as LedgerError {
      throw LedgerOptions.status(of: error)
    }
  }
}

import ArgumentParser
import Foundation
import WanReport
import WanSubmit

/// `wan-check ledger show ROW`
struct LedgerShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all that is known of one row, and what to do where that is too little.")

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

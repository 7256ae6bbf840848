import ArgumentParser
import Foundation
import WanReport
import WanSubmit
import WanSubmitReport

/// `wan-check ledger list`
struct LedgerListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what was sent, newest last.")

  @Option(help: ArgumentHelp("List only rows in this state.", valueName: "state"))
  var state: SubmissionState?

  @Option(help: ArgumentHelp("Only the newest so many.", valueName: "number"))
  var limit: Int?

  @Option(help: ArgumentHelp("text, json or jsonl.", valueName: "format"))
  var format: ListFormat = .text

  @OptionGroup var options: LedgerOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    let ledger = try options.reading()
    let filter = LedgerFilter(state: state, limit: limit)
    let rows = try await LedgerOptions.run { () async throws(LedgerError) in try await ledger.rows(filter) }
    switch format {
    case .text:
      let width = StandardStream.output.columns ?? LedgerTable.usualWidth
      try StandardStream.output.write(
        LedgerTable.text(rows, width: width, now: Date().timeIntervalSince1970))
    case .json:
      try StandardStream.output.write(JSONDocument.text(rows.map(LedgerRowJSON.init), pretty: true) + "\n")
    case .jsonl:
      for row in rows { try StandardStream.output.write(LedgerRowJSON(row).line) }
    }
  }
}

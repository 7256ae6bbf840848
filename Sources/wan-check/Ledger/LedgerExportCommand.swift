import ArgumentParser
import WanSubmit

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

import ArgumentParser
import Foundation
import WanSubmit
import WanSubmitReport

/// `wan-check ledger reconcile`
struct LedgerReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Show the provider's tasks that are in no row, and the rows that are unknown; change nothing.")

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: CatalogueFormat = .text

  @OptionGroup(title: "Provider") var provider: ProviderOptions

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    try ProcessLimits.prepare()
    let configuration = try provider.configuration()
    let ledger = try provider.ledger.reading()
    let client = WanClient(configuration, ledger: ledger)
    let tasks: [WanTask]
    do throws(ClientError) {
      tasks = try await client.tasks()
    } catch {
      StandardStream.error.writeLine("wan-check: the provider's tasks cannot be listed: \(error.message)")
      throw error.isPassing ? ExitStatus.unfinished : .refused
    }
    let rows = try await LedgerOptions.run { () async throws(LedgerError) in try await ledger.rows() }
    let reconciliation = Reconciliation(
      tasks: tasks, rows: rows, apiBase: configuration.base.text, account: configuration.key.digest)
    let width = StandardStream.output.isTerminal ? StandardStream.output.columns : nil
    try StandardStream.output.write(
      format == .json
        ? ReconciliationReport.json(reconciliation)
        : ReconciliationReport.text(
          reconciliation, ledgerOption: provider.ledger.repeated, width: width ?? LedgerTable.usualWidth,
          now: Date().timeIntervalSince1970))
  }
}

import ArgumentParser

/// `wan-check ledger`
struct LedgerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Show what was sent, and say what became of it where that is unknown.",
    subcommands: [
      LedgerListCommand.self, LedgerShowCommand.self, LedgerResolveCommand.self, LedgerReconcileCommand.self,
      LedgerExportCommand.self,
    ])
}

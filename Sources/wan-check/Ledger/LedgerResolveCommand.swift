import ArgumentParser
import Foundation
import Locations
import WanSubmit

/// `wan-check ledger resolve ROW --task TASK | --not-sent`
struct LedgerResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Record the outcome of a row that is unknown.",
    discussion: """
      Look for the task at the provider first. After --not-sent the job may be sent again, and is paid for again if the \
      provider had taken it after all.
      """)

  @Argument(
    help: ArgumentHelp(
      "The row's number, the first 12 or more digits of its fingerprint, or its job's id.", valueName: "row"))
  var row: String

  @Option(help: ArgumentHelp("The provider accepted the job; this is its task.", valueName: "task"))
  var task: String?

  @Flag(name: .customLong("not-sent"), help: "The provider did not take it.")
  var notSent = false

  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard (task != nil) != notSent else { throw ValidationError("give either --task or --not-sent") }
    if let task, let problem = TaskID.problem(task) { throw ValidationError(problem) }
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    let ledger = try options.writing()
    let row = try await options.row(row, of: ledger)
    let resolution = task.map(LedgerResolution.task) ?? .notSent
    let resolved = try await LedgerOptions.run { () async throws(LedgerError) in
      try await ledger.resolve(row.id, as: resolution, now: Date().timeIntervalSince1970)
    }
    let task = resolved.taskID.map { ", task \(displayText($0))" } ?? ""
    try StandardStream.output.write("row \(resolved.id): \(resolved.state)\(task)\n")
  }
}

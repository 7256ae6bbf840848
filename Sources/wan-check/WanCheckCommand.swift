import ArgumentParser

/// The main command. It parses arguments, runs a subcommand, and maps every outcome
/// to a documented exit code.
@main
struct WanCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wan-check",
    abstract: "Checks media and jobs for Freepik's WAN 2.7 image-to-video API before they are sent.",
    usage: """
      wan-check [check] <input> ... [<options>]
      wan-check fix <input> ... --into <folder> [<options>]
      wan-check submit <input> ... [<options>]
      wan-check watch <task> ... [<options>]
      wan-check ledger list|show|resolve|reconcile|export
      wan-check webhook verify
      wan-check rules [<rule>]
      wan-check limits
      wan-check schema report|job|config
      wan-check init
      """,
    discussion: """
      An input is an image, audio or video file or its http(s) URL, a folder, a pattern, a job file (.json, .jsonl, \
      .yml, .yaml), or - for jobs on standard input. The options are those of `wan-check check --help`.

      Exit codes: 0 every input is valid; 1 at least one is invalid; 2 wrong usage; 3 nothing is invalid, but \
      something could not be proved; 4 internal error; 5 the provider refused a job, or a task failed; 6 an outcome is \
      unknown; 7 not finished; 130 interrupted.
      """,
    version: ToolVersion.current,
    subcommands: [
      CheckCommand.self, FixCommand.self, SubmitCommand.self, WatchCommand.self, LedgerCommand.self,
      WebhookCommand.self,
      RulesCommand.self, LimitsCommand.self, SchemaCommand.self, InitCommand.self,
      FilesCommand.self,
    ],
    defaultSubcommand: CheckCommand.self)

  static func main() async {
    StandardStream.takeMissing()
    ProcessLimits.forbidCoreDumps()
    do {
      try ProcessLimits.requireStack()
      try ThreadLimit.requireLeast()
      var command = try parseAsRoot(ProgramArguments.texts)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let status as ExitStatus {
      status.exit()
    } catch let closed as OutputFailure {
      closed.exitStatus.exit()
    } catch {
      // Help and version were requested; anything else that the parser throws is wrong usage.
      let text = UsageMessage.completed(fullMessage(for: error))
      if exitCode(for: error) == .success {
        _ = try? StandardStream.output.write(text + "\n")
        ExitStatus.valid.exit()
      }
      StandardStream.error.writeLine(text)
      ExitStatus.usage.exit()
    }
  }
}

/// The version of the tool, in `--version` and in every report.
enum ToolVersion {
  static let current = "0.1.0"
}

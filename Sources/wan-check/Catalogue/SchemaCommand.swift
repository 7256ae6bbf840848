import ArgumentParser
import WanCheck
import WanReport

/// `wan-check schema report|job`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print a JSON Schema: of the report, or of a job.")

  /// What a schema describes.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case report
    case job
  }

  @Argument(help: ArgumentHelp("report or job.", valueName: "subject"))
  var subject: Subject

  func run() throws {
    StandardStream.ignoreClosedPipes()
    try StandardStream.output.write(
      subject == .report ? JSONSchema.report : JSONSchema.job(.documented))
  }
}

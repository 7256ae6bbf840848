import ArgumentParser
import WanCheck
import WanReport
import WanSubmitReport

/// `wan-check schema report|job|config`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print a JSON Schema: of the report, of a job, or of settings.")

  /// What a schema describes.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case report
    case job
    case config
  }

  @Argument(help: ArgumentHelp("report, job or config.", valueName: "subject"))
  var subject: Subject

  func run() throws {
    StandardStream.ignoreClosedPipes()
    let schema =
      switch subject {
      case .report: JSONSchema.submissionReport
      case .job: JSONSchema.job(.documented)
      case .config: JSONSchema.configuration
      }
    try StandardStream.output.write(schema)
  }
}

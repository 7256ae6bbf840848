import ArgumentParser
import WanCheck
import WanReport
import WanSubmitReport

/// `wan-check schema report|job|config|profile`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema: of the report, of a job, of settings, or of a profile.")

  /// What a schema describes.
  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case report
    case job
    case config
    case profile
  }

  @Argument(help: ArgumentHelp("report, job, config or profile.", valueName: "subject"))
  var subject: Subject

  @OptionGroup var profile: ProfileOption

  func validate() throws {
    if profile.name != nil, subject != .job {
      throw ValidationError(
        "--profile is for `schema job`: the other schemas are the same for every endpoint")
    }
  }

  func run() throws {
    StandardStream.ignoreClosedPipes()
    let schema =
      switch subject {
      case .report: JSONSchema.submissionReport
      case .job: JSONSchema.job(try profile.profile().limits)
      case .config: JSONSchema.configuration
      case .profile: JSONSchema.profile
      }
    try StandardStream.output.write(schema)
  }
}

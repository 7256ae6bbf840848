import ArgumentParser
import WanCheck
import WanReport

/// `wan-check limits`
struct LimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits", abstract: "List every limit with its readings, its source sentence and date.")

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: CatalogueFormat = .text

  func run() throws {
    StandardStream.ignoreClosedPipes()
    try StandardStream.output.write(
      format == .json ? LimitListing.json(.documented) : LimitListing.text(.documented))
  }
}

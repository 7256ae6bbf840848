import ArgumentParser
import WanCheck
import WanReport

/// `wan-check limits`
struct LimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits", abstract: "List every limit with its readings, its source sentence and date.")

  @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
  var format: CatalogueFormat = .text

  func run() throws {
    StandardStream.ignoreClosedPipes()
    let listing =
      switch format {
      case .text: LimitListing.text(.documented)
      case .json: LimitListing.json(.documented)
      case .markdown: LimitListing.markdown(.documented)
      }
    try StandardStream.output.write(listing)
  }
}

import ArgumentParser
import WanCheck
import WanReport

/// `wan-check limits`
struct LimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits", abstract: "List every limit with its readings, its source sentence and date.")

  @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
  var format: CatalogueFormat = .text

  @OptionGroup var profile: ProfileOption

  func run() throws {
    StandardStream.ignoreClosedPipes()
    let limits = try profile.profile().limits
    let listing =
      switch format {
      case .text: LimitListing.text(limits)
      case .json: LimitListing.json(limits)
      case .markdown: LimitListing.markdown(limits)
      }
    try StandardStream.output.write(listing)
  }
}

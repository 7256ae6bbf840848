import ArgumentParser
import Locations
import WanCheck
import WanReport

/// `wan-check rules [RULE]`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules, or explain one with an example and its source.")

  @Argument(help: ArgumentHelp("The rule to explain.", valueName: "rule"))
  var rule: String?

  @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
  var format: CatalogueFormat = .text

  func run() throws {
    StandardStream.ignoreClosedPipes()
    guard let rule else { return try StandardStream.output.write(catalogue) }
    guard let entry = RuleCatalogue.entry(RuleID(rawValue: rule)) else {
      let nearest = Suggestion.nearest(to: rule, in: RuleCatalogue.entries.map(\.id.rawValue))
      throw ValidationError(
        "unknown rule `\(displayText(Redactor.value(rule)))`"
          + (nearest.map { "; did you mean `\($0)`?" } ?? ""))
    }
    try StandardStream.output.write(explanation(of: entry))
  }

  private var catalogue: String {
    switch format {
    case .text: RuleListing.text()
    case .json: RuleListing.json()
    case .markdown: RuleListing.markdown()
    }
  }

  private func explanation(of entry: RuleEntry) -> String {
    switch format {
    case .text: RuleListing.explanation(of: entry)
    case .json: RuleListing.json([entry])
    case .markdown: RuleListing.page(of: entry)
    }
  }
}

/// The formats of `rules` and `limits`.
enum CatalogueFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
}

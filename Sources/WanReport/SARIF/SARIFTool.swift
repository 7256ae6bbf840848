import WanCheck

/// The tool and its rules, from the catalogue.
struct SARIFTool: Encodable {
  private var driver: Driver

  /// The tool with this version.
  init(version: String) { driver = Driver(semanticVersion: version) }

  /// The index of each rule in `rules`.
  static let index: [RuleID: Int] = Dictionary(
    uniqueKeysWithValues: RuleCatalogue.entries.enumerated().map { ($1.id, $0) })

  private struct Driver: Encodable {
    var name = "wan-check"
    var semanticVersion: String
    var informationUri = "https://github.com/wan-check/wan-check"
    var rules = RuleCatalogue.entries.map(SARIFRule.init)
  }
}

/// One rule.
private struct SARIFRule: Encodable {
  private var id: String
  private var shortDescription: Text
  private var fullDescription: Text
  private var help: Help
  private var defaultConfiguration: Configuration
  private var properties: Properties

  init(_ entry: RuleEntry) {
    id = entry.id.rawValue
    shortDescription = Text(text: entry.summary)
    fullDescription = Text(text: entry.summary)
    help = Help(entry)
    defaultConfiguration = Configuration(level: entry.severity.rawValue)
    properties = Properties(entry)
  }

  private struct Text: Encodable {
    var text: String
  }

  private struct Help: Encodable {
    var text: String
    var markdown: String

    init(_ entry: RuleEntry) {
      text = RuleListing.explanation(of: entry)
      let source = entry.source
      markdown = """
        \(MarkdownText.prose(entry.summary))

        - Severity: \(entry.shownSeverity)
        - Source: “\(MarkdownText.prose(source.sentence))” (\(MarkdownText.prose(source.document)), as of \
        \(source.captured))
        - Breaks it: \(Self.example(entry.breaks))
        - Passes: \(Self.example(entry.passes))
        """
    }

    private static func example(_ example: RuleExample) -> String {
      switch example {
      case .job(let text): MarkdownText.code(RuleListing.shortened(text))
      case .asset(let text): MarkdownText.prose(text)
      }
    }
  }

  private struct Configuration: Encodable {
    var level: String
  }

  private struct Properties: Encodable {
    var tags: [String]
    var precision = "very-high"
    var problemSeverity: String

    private enum CodingKeys: String, CodingKey {
      case tags, precision
      case problemSeverity = "problem.severity"
    }

    init(_ entry: RuleEntry) {
      tags = [entry.group.rawValue, entry.effect.rawValue]
      problemSeverity = entry.severity == .note ? "recommendation" : entry.severity.rawValue
    }
  }
}

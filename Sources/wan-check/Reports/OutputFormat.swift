import ArgumentParser
import WanCheck
import WanReport

/// The formats of standard output and of report files.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case jsonl
  case sarif
  case junit
  case github
  case gitlab
  case markdown
  case html

  /// The names of all formats, for messages.
  static let list = allCases.map(\.rawValue).joined(separator: ", ")

  /// The format with the name that a user gave.
  /// - Throws: `ValidationError` that suggests the nearest name.
  init(named name: String, of option: String) throws {
    guard let format = OutputFormat(rawValue: name) else {
      let nearest = Suggestion.nearest(to: name, in: OutputFormat.allCases.map(\.rawValue))
      throw ValidationError(
        "\(option): unknown format; "
          + (nearest.map { "did you mean `\($0)`?" } ?? "the formats are \(OutputFormat.list)"))
    }
    self = format
  }

  /// What renders this format; only `text` has colours and a width, and only what people read has a listing.
  func reporter(
    _ context: ReportContext, color: Bool = false, listing: TextListing = .everything, width: Int? = nil
  ) -> any Reporter {
    switch self {
    case .text: TextReporter(context, color: color, listing: listing, width: width)
    case .json: JSONReporter(context)
    case .jsonl: JSONLinesReporter(context)
    case .sarif: SARIFReporter(context)
    case .junit: JUnitReporter(context)
    case .github: GitHubReporter(context, listing: listing)
    case .gitlab: GitLabReporter(context)
    case .markdown: MarkdownReporter(context)
    case .html: HTMLReporter(context)
    }
  }
}

import ArgumentParser
import Locations
import SystemPackage
import WanCheck

/// Improves the parser's messages about wrong usage.
enum UsageMessage {
  /// `text`, the parser's message, with a suggestion if a value is not in a list.
  ///
  /// The parser suggests options itself, but for values it only lists the valid ones.
  static func completed(_ text: String) -> String { withHint(harmless(text)) }

  /// `text` with arguments from the command line escaped, so that they cannot control a terminal or a log
  /// that a program reads.
  private static func harmless(_ text: String) -> String {
    var text = text
    for argument in ProgramArguments.texts {
      for part in [argument[...]] + argument.split(separator: "=", maxSplits: 1) {
        let shown = displayText(Redactor.value(String(part)))
        if shown != part { text = text.replacing(part, with: shown) }
      }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { displayText(String($0)) }
      .joined(separator: "\n")
  }

  private static func withHint(_ text: String) -> String {
    // If there are more than a few values, the parser prints them as a list.
    if let match = text.firstMatch(
      of: /The value '(.*)' is invalid for .*Please provide one of the following:\n((?:  - .*\n?)+)/),
      let nearest = Suggestion.nearest(
        to: String(match.1),
        in: match.2.split(separator: "\n").map { String($0.drop { " -".contains($0) }) })
    {
      let list = match.0.hasSuffix("\n") ? match.0.dropLast() : match.0
      return text.replacingCharacters(at: match.range, with: "\(list)\nDid you mean '\(nearest)'?\n")
    }
    guard let match = text.firstMatch(of: /The value '(.*)' is invalid for .*Please provide one of (.*)\./),
      let nearest = Suggestion.nearest(
        to: String(match.1), in: match.2.matches(of: /'([^']*)'/).map { String($0.1) })
    else { return text }
    return text.replacingCharacters(
      at: match.range, with: "\(match.0) Did you mean '\(nearest)'?")
  }

  /// A hint if the first of `inputs` does not exist as a file and looks like a command; `nil` otherwise.
  static func commandHint(_ inputs: [String]) -> String? {
    guard let word = inputs.first, !word.contains("/"), !word.contains("."),
      let nearest = Suggestion.nearest(to: word, in: commands), FileKind(at: FilePath(word)) == .missing
    else { return nil }
    return "\(word) is neither a file nor a command; did you mean `wan-check \(nearest)`?"
  }

  private static var commands: [String] {
    WanCheckCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}

extension String {
  fileprivate func replacingCharacters(at range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}

public import WanCheck

extension RuleListing {
  /// The catalogue in Markdown: a table for each group, whose rules link to their pages.
  public static func markdown() -> String {
    var text = "# Rules\n\n"
    text +=
      "An **error** makes an asset or a job invalid. What is **unproved** makes it inconclusive. Warnings and notes do neither, "
      + "unless `--strict` makes errors of warnings.\n"
    for group in RuleGroup.allCases {
      text += "\n## \(group.rawValue)\n\n| rule | | |\n|---|---|---|\n"
      for entry in RuleCatalogue.entries where entry.group == group {
        text += "| [`\(entry.id)`](\(entry.id).md) | \(entry.shownSeverity) | \(cell(entry.summary)) |\n"
      }
    }
    return text
  }

  /// The page of one rule: what it asks for, why, and an example of each kind.
  public static func page(of entry: RuleEntry) -> String {
    """
    # \(entry.id)

    \(entry.summary)

    | severity | effect | group |
    |---|---|---|
    | \(entry.severity.rawValue) | \(entry.effect.rawValue) | \(entry.group.rawValue) |

    ## Why

    > \(entry.source.sentence)

    \(entry.source.document), as of \(entry.source.captured)

    ## What breaks it

    \(block(entry.breaks))

    ## What does not

    \(block(entry.passes))

    """
  }

  private static func block(_ example: RuleExample) -> String {
    switch example {
    case .job(let text): "```json\n\(shortened(text))\n```"
    // An asset in words, or a body in which words stand for assets.
    case .asset(let text):
      text.contains("{") ? "```\n\(text)\n```" : "\(text.prefix(1).uppercased())\(text.dropFirst())."
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

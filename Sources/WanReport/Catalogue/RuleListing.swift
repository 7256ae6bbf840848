public import WanCheck

/// The catalogue of rules for people and scripts.
public enum RuleListing {
  /// Every rule on a line: id, severity, summary.
  public static func text() -> String {
    let width = RuleCatalogue.entries.map(\.id.rawValue.count).max() ?? 0
    var text = ""
    for group in RuleGroup.allCases {
      text += text.isEmpty ? "" : "\n"
      text += "\(group.rawValue)\n"
      for entry in RuleCatalogue.entries where entry.group == group {
        let id = entry.id.rawValue
        let gap = String(repeating: " ", count: width - id.count + 2)
        let severity = entry.shownSeverity
        text +=
          "  \(id)\(gap)\(severity)\(String(repeating: " ", count: max(0, 10 - severity.count)))\(entry.summary)\n"
      }
    }
    return text + "\nwan-check rules RULE explains one of them.\n"
  }

  /// One rule explained.
  public static func explanation(of entry: RuleEntry) -> String {
    """
    \(entry.id) (\(entry.shownSeverity))

    \(entry.summary)

      source   "\(entry.source.sentence)"
               \(entry.source.document), as of \(entry.source.captured)
      breaks   \(shortened(entry.breaks.text))
      passes   \(shortened(entry.passes.text))

    """
  }

  /// The rules as a JSON array.
  public static func json(_ entries: [RuleEntry] = RuleCatalogue.entries) -> String {
    JSONDocument.text(entries.map(JSONRule.init), pretty: true) + "\n"
  }

  static func shortened(_ example: String) -> String {
    example.count > 300 ? "\(example.prefix(120))… (\(example.count) characters)" : example
  }
}

extension RuleEntry {
  /// The severity as people read it: what could not be checked is `unproved`.
  var shownSeverity: String { effect == .unproved ? Effect.unproved.rawValue : severity.rawValue }
}

private struct JSONRule: Encodable {
  var id: String
  var group: String
  var severity: String
  var effect: String
  var summary: String
  var source: JSONSource
  var breaks: String
  var passes: String

  init(_ entry: RuleEntry) {
    id = entry.id.rawValue
    group = entry.group.rawValue
    severity = entry.severity.rawValue
    effect = entry.effect.rawValue
    summary = entry.summary
    source = JSONSource(entry.source)
    breaks = entry.breaks.text
    passes = entry.passes.text
  }
}

/// Where a rule or a limit comes from.
struct JSONSource: Encodable {
  var sentence: String
  var document: String
  var captured: String

  init(_ source: LimitSource) {
    sentence = source.sentence
    document = source.document
    captured = source.captured
  }
}

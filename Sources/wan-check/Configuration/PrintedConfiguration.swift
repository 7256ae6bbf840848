import Locations
import MediaFacts
import WanCheck
import WanReport

/// The resolved settings as a configuration file, each with its origin.
struct PrintedConfiguration {
  /// The YAML text.
  let text: String

  /// The text for `settings`.
  init(_ settings: Settings) {
    let file = settings.file.values
    let concurrency = settings.jobs ?? Configured(settings.concurrency, from: .standard)
    var lines = [
      "# configuration file: \(settings.file.name.map(displayText) ?? "none")",
      "depth: \(settings.depth.value.rawValue)  # \(settings.depth.origin)",
      "strict: \(settings.strict.value)  # \(settings.strict.origin)",
      "concurrency: \(concurrency.value)  # \(concurrency.origin)",
    ]
    lines += Self.block("rules", file.rules) { rule in
      ["  \(rule.id): \(rule.setting.value.rawValue)  # \(rule.setting.origin)"]
    }
    lines += Self.block("ignore", file.ignored) { entry in
      ["  - rule: \(entry.value.rule)  # \(entry.origin)"]
        + [
          entry.value.path.map { "    path: \(Self.quoted($0.text))" },
          "    reason: \(Self.quoted(entry.value.reason))",
          entry.value.expires.map { "    expires: \($0)" },
        ].compactMap(\.self)
    }
    lines += Self.block("limits", file.limits) { limit in
      ["  \(limit.value.id): \(Self.bounds(limit.value))  # \(limit.origin)"]
    }
    lines += Self.block("map", file.map) { entry in
      let prefix = AssetLocation(entry.value.prefix).displayText
      return ["  \(Self.quoted(prefix)): \(Self.quoted(entry.value.folder))  # \(entry.origin)"]
    }
    // Mappings from the command line are comments: they are relative to the working folder and may be outside
    // the repository, which a file does not allow.
    lines += settings.options.map.map { argument in
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      return "# --map \(AssetLocation(parts.first ?? "").displayText)=\(displayText(parts.last ?? ""))"
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func block<Entry>(_ key: String, _ entries: [Entry], _ lines: (Entry) -> [String])
    -> [String]
  {
    entries.isEmpty ? [] : ["\(key):"] + entries.flatMap(lines)
  }

  /// Every JSON string is valid YAML.
  private static func quoted(_ text: String) -> String { JSONDocument.text(text) }

  private static func bounds(_ limit: Limit) -> String {
    guard limit.allowed.isEmpty else { return "{one_of: \(JSONDocument.text(limit.allowed))}" }
    let bounds = [
      limit.minimum.map { "min: \(number($0, limit))" }, limit.maximum.map { "max: \(number($0, limit))" },
    ]
    return "{\(bounds.compactMap(\.self).joined(separator: ", "))}"
  }

  private static func number(_ value: Rational, _ limit: Limit) -> String {
    if limit.unit == "w:h" { return "\"\(value.numerator):\(value.denominator)\"" }
    return value.denominator == 1 ? "\(value.numerator)" : "\(value.doubleValue)"
  }
}

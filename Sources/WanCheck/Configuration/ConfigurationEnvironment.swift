import JobDocuments
import MediaFacts

/// The settings in environment variables.
package struct ConfigurationEnvironment: Sendable {
  /// The settings.
  package var layer = ConfigurationLayer()
  /// All problems.
  package var problems: [ConfigurationProblem] = []

  /// The settings of `variables`; an empty variable sets nothing.
  package init(_ variables: [String: String] = [:]) {
    for (name, text) in variables.sorted(by: { $0.key < $1.key })
    where name.hasPrefix(ConfigurationKeys.environmentPrefix) && !text.isEmpty {
      read(name, text)
    }
  }

  private mutating func read(_ name: String, _ text: String) {
    let origin = ConfigurationOrigin.environment(name)
    switch name {
    case "WAN_CHECK_DEPTH":
      layer.depth = Depth(rawValue: text).map { Configured($0, from: origin) }
      if layer.depth == nil { complain(text, Depth.allCases.map(\.rawValue), origin) }
    case "WAN_CHECK_STRICT":
      layer.strict = ["true": true, "false": false][text].map { Configured($0, from: origin) }
      if layer.strict == nil { complain(text, ["true", "false"], origin) }
    case "WAN_CHECK_CONCURRENCY":
      let range = ConfigurationKeys.concurrency
      layer.concurrency = Int(text).flatMap { range.contains($0) ? Configured($0, from: origin) : nil }
      if layer.concurrency == nil {
        problems.append(
          ConfigurationProblem(
            "the value must be \(range.lowerBound) to \(range.upperBound); found \(text.excerpt)", at: origin)
        )
      }
    default: refuse(name, origin)
    }
  }

  private mutating func complain(_ text: String, _ words: [String], _ origin: ConfigurationOrigin) {
    let hint = Suggestion.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
    problems.append(
      ConfigurationProblem(
        "the value must be \(Prose.list(words, conjunction: "or")); found \(text.excerpt)\(hint)", at: origin)
    )
  }

  /// Other variables are ignored, unless they look like a typing error or name a setting of the command line.
  private mutating func refuse(_ name: String, _ origin: ConfigurationOrigin) {
    let rest = String(name.dropFirst(ConfigurationKeys.environmentPrefix.count))
    if let reason = ConfigurationKeys.refusal(of: rest) {
      problems.append(ConfigurationProblem("the environment cannot set this: \(reason)", at: origin))
    } else if let nearest = Suggestion.nearest(
      to: rest,
      in: ConfigurationKeys.environment.map {
        String($0.dropFirst(ConfigurationKeys.environmentPrefix.count))
      })
    {
      problems.append(
        ConfigurationProblem(
          "unknown variable; did you mean \(ConfigurationKeys.environmentPrefix)\(nearest)?",
          at: origin))
    }
  }
}

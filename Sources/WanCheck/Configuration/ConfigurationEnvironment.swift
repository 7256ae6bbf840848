import JobDocuments
package import MediaFacts

/// What the environment says.
package struct ConfigurationEnvironment: Sendable {
  /// How deep assets are read.
  package var depth: Configured<Depth>?
  /// Whether warnings are errors.
  package var strict: Configured<Bool>?
  /// Assets that are examined at a time.
  package var concurrency: Configured<Int>?
  /// Everything that is wrong with it.
  package var problems: [ConfigurationProblem] = []

  /// What `variables` say; an empty one says nothing.
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
      depth = Depth(rawValue: text).map { Configured($0, from: origin) }
      if depth == nil { complain(text, Depth.allCases.map(\.rawValue), origin) }
    case "WAN_CHECK_STRICT":
      strict = ["true": true, "false": false][text].map { Configured($0, from: origin) }
      if strict == nil { complain(text, ["true", "false"], origin) }
    case "WAN_CHECK_CONCURRENCY":
      let range = ConfigurationKeys.concurrency
      concurrency = Int(text).flatMap { range.contains($0) ? Configured($0, from: origin) : nil }
      if concurrency == nil {
        problems.append(
          ConfigurationProblem(
            "\(range.lowerBound) to \(range.upperBound), not \(text.excerpt)", at: origin))
      }
    default: refuse(name, origin)
    }
  }

  private mutating func complain(_ text: String, _ words: [String], _ origin: ConfigurationOrigin) {
    let hint = Suggestion.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
    problems.append(
      ConfigurationProblem("\(Prose.list(words, conjunction: "or")), not \(text.excerpt)\(hint)", at: origin))
  }

  /// Others are none of our business, unless they look like a slip or would open what they must not.
  private mutating func refuse(_ name: String, _ origin: ConfigurationOrigin) {
    let rest = String(name.dropFirst(ConfigurationKeys.environmentPrefix.count))
    if let reason = ConfigurationKeys.refusal(of: rest) {
      problems.append(ConfigurationProblem("the environment may not say this: \(reason)", at: origin))
    } else if let nearest = Suggestion.nearest(
      to: rest,
      in: ConfigurationKeys.environment.map {
        String($0.dropFirst(ConfigurationKeys.environmentPrefix.count))
      })
    {
      problems.append(
        ConfigurationProblem(
          "there is no such variable; did you mean \(ConfigurationKeys.environmentPrefix)\(nearest)?",
          at: origin))
    }
  }
}

import JobDocuments
import MediaFacts

/// Reads a configuration file, and collects all its problems.
struct ConfigurationReader: DocumentChecks {
  let name: String
  /// The limits that the file may override.
  let limits: Limits
  var file = ConfigurationFile()
  var problems: [ConfigurationProblem] = []

  init(name: String, limits: Limits) {
    self.name = name
    self.limits = limits
  }

  mutating func read(_ bytes: [UInt8]) {
    var bounds = DocumentBounds()
    bounds.values = 100_000
    bounds.valuesAdvice = "no configuration is that long"
    // A file with comments only has no document.
    let documents = YAMLParser(bounds: bounds, excerpt: .redacted).elements(of: bytes, splittingArrays: false)
    for (index, document) in documents.enumerated() {
      switch document {
      case .failed(let problem): complain(problem.message, problem.position)
      case .value(let value, let problems):
        for problem in problems { complain(problem.message, problem.position) }
        if index > 0 {
          complain("a configuration is one document, and this is another", value.position)
        } else {
          read(root: value)
        }
      }
    }
  }

  private mutating func read(root: DocumentValue) {
    for member in members(of: root, "a configuration") {
      let value = member.value
      switch member.key {
      case "depth":
        file.layer.depth = word(value, "depth").map { Configured($0, from: origin(value)) }
      case "strict":
        if let strict = value.bool {
          file.layer.strict = Configured(strict, from: origin(value))
        } else {
          complain("strict must be true or false; found \(Self.shown(value))", value.position)
        }
      case "concurrency": readConcurrency(value)
      case "rules": readRules(value)
      case "ignore": readIgnored(value)
      case "limits": readLimits(value)
      case "map": readMap(value)
      default: refuse(member, ConfigurationKeys.file, "the configuration")
      }
    }
  }

  private mutating func readConcurrency(_ value: DocumentValue) {
    let range = ConfigurationKeys.concurrency
    guard let number = value.number?.integer, let count = Int(exactly: number), range.contains(count) else {
      return complain(
        "concurrency must be \(range.lowerBound) to \(range.upperBound); found \(Self.shown(value))",
        value.position)
    }
    file.layer.concurrency = Configured(count, from: origin(value))
  }

  private mutating func readRules(_ value: DocumentValue) {
    for member in members(of: value, "rules") {
      guard let entry = rule(member.key, at: member.keyPosition),
        let setting: RuleSetting = word(member.value, entry.id.rawValue)
      else { continue }
      guard entry.settings.contains(setting) else {
        let reason =
          entry.effect == .unproved
          ? "\(entry.id) says that something was not proved, which cannot be switched off: "
            + "error, warning or note; `ignore` keeps it from the exit code"
          : "\(entry.id) is an error by the API's documentation, and stays one: "
            + "`ignore`, with a reason, keeps it from the exit code"
        complain(reason, member.keyPosition)
        continue
      }
      file.rules.append((entry.id, Configured(setting, from: origin(member.value))))
    }
  }

  private mutating func readIgnored(_ value: DocumentValue) {
    guard let elements = value.elements else {
      return complain("ignore must be a list of entries; found \(value.typeName)", value.position)
    }
    for element in elements { readIgnored(entry: element) }
  }

  private mutating func readIgnored(entry value: DocumentValue) {
    let before = problems.count
    let keys = ["rule", "path", "reason", "expires"]
    for member in members(of: value, "an entry of ignore") where !keys.contains(member.key) {
      refuse(member, keys, "an entry of ignore")
    }
    guard value.members != nil else { return }
    let id = value["rule"].flatMap { text($0, "rule") }
    let reason = value["reason"].flatMap { text($0, "reason") }
    let path = value["path"].flatMap { text($0, "path") }
    let day = value["expires"].flatMap { text($0, "expires") }
    for key in ["rule", "reason"] where value[key] == nil {
      complain("an entry of ignore needs a \(key)", value.position)
    }
    let entry = id.flatMap { rule($0, at: value["rule"]?.position ?? value.position) }
    let glob = path.flatMap { PathGlob($0) }
    if let path, glob == nil {
      complain(
        "path must be a pattern below the configuration's folder, such as shots/**; found \(path.excerpt)",
        value["path"]?.position ?? value.position)
    }
    let expires = day.flatMap { CalendarDay($0) }
    if let day, expires == nil {
      complain(
        "expires must be a day, such as 2027-01-31; found \(day.excerpt)",
        value["expires"]?.position ?? value.position)
    }
    guard problems.count == before, let entry, let reason else { return }
    file.ignored.append(
      Configured(
        IgnoredFinding(rule: entry.id, path: glob, reason: reason, expires: expires), from: origin(value)))
  }

  private mutating func readMap(_ value: DocumentValue) {
    for member in members(of: value, "map") {
      guard let folder = text(member.value, "a folder of map") else { continue }
      file.map.append(
        Configured(.init(prefix: member.key, folder: folder), from: origin(member.keyPosition)))
    }
  }
}

extension ConfigurationReader {
  /// Reports an unknown key with a suggestion, or with the reason why a file may not have it.
  mutating func refuse(_ member: DocumentValue.Member, _ known: [String], _ subject: String) {
    guard let reason = ConfigurationKeys.refusal(of: member.key) else {
      return refuseUnknown(member, known, subject)
    }
    complain("\(member.key.excerpt) is not allowed in a file: \(reason)", member.keyPosition)
  }

  private mutating func rule(_ id: String, at position: SourcePosition) -> RuleEntry? {
    if let entry = RuleCatalogue.entry(RuleID(rawValue: id)) { return entry }
    let nearest = Suggestion.nearest(to: id, in: RuleCatalogue.entries.map(\.id.rawValue))
    complain(
      "unknown rule \(id.excerpt)" + (nearest.map { "; did you mean \($0)?" } ?? ""), position)
    return nil
  }
}

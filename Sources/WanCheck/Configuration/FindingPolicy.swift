import Locations
public import SystemPackage

/// An entry of `ignore`: findings that the project accepts until a date.
public struct IgnoredFinding: Sendable, Hashable {
  /// The rule.
  public var rule: RuleID
  /// The files that it applies to, relative to the configuration's folder; `nil`: all.
  public var path: PathGlob?
  /// Why.
  public var reason: String
  /// The last day on which it applies; `nil`: no end.
  public var expires: CalendarDay?

  /// An entry.
  public init(rule: RuleID, path: PathGlob? = nil, reason: String, expires: CalendarDay? = nil) {
    self.rule = rule
    self.path = path
    self.reason = reason
    self.expires = expires
  }
}

/// A project's changes to the rules: other severities, and findings that are marked as suppressed.
///
/// An error that breaks a documented limit stays an error, and a suppressed finding still counts for the verdict.
public struct FindingPolicy: Sendable, Hashable {
  /// Changed severities. Those that `RuleEntry.settings` does not list have no effect.
  public var rules: [RuleID: RuleSetting]
  /// The findings to suppress.
  public var ignored: [IgnoredFinding]
  /// The absolute path of the folder that the entries' paths are relative to.
  public var folder: FilePath

  /// A policy. Without arguments it changes nothing.
  public init(rules: [RuleID: RuleSetting] = [:], ignored: [IgnoredFinding] = [], folder: FilePath = "/") {
    self.rules = rules.filter { RuleCatalogue.entry($0.key)?.settings.contains($0.value) ?? false }
    self.ignored = ignored
    self.folder = folder.lexicallyNormalized()
  }

  /// The findings with their severities, without those of rules that are off.
  func weighed(_ findings: [Finding]) -> [Finding] {
    guard !rules.isEmpty else { return findings }
    return findings.compactMap { finding in
      // A finding that is an error only here, such as a path in a job that is submitted, stays an error.
      guard let setting = rules[finding.rule], finding.effect == .unproved || finding.severity != .error
      else {
        return finding
      }
      guard let severity = setting.severity else { return finding.effect == .unproved ? finding : nil }
      var finding = finding
      finding.severity = severity
      return finding
    }
  }

  /// Whether `finding`, which is about the files at `paths`, is suppressed at `now`, in seconds since 1970.
  func suppresses(_ finding: Finding, about paths: [FilePath], now: Double) -> Bool {
    ignored.contains { entry in
      guard entry.rule == finding.rule, !(entry.expires?.isOver(at: now) ?? false) else { return false }
      guard let glob = entry.path else { return true }
      return paths.contains { path in
        var path = path.lexicallyNormalized()
        return path.removePrefix(folder) && glob.matches(path.string)
      }
    }
  }
}

extension Preflight {
  /// Marks the findings that the policy suppresses.
  func suppressing(_ findings: [Finding], _ assets: [AssetSubject], now: Double) -> [Finding] {
    let policy = configuration.policy
    guard !policy.ignored.isEmpty else { return findings }
    return findings.map { finding in
      var finding = finding
      var paths = [finding.place.file.map { FilePath($0) }].compactMap(\.self)
      for asset in assets where asset.reference.pointer == finding.pointer && asset.reference.pointer != nil {
        guard let path = asset.reference.location.path else { continue }
        paths.append(FilePath(asset.reference.folder ?? "").pushing(path))
      }
      finding.suppressed = policy.suppresses(
        finding, about: paths.map { configuration.workingFolder.pushing($0) }, now: now)
      return finding
    }
  }
}

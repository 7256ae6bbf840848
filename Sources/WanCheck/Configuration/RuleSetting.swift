/// A configuration's setting for a rule.
public enum RuleSetting: String, Sendable, Hashable, CaseIterable {
  /// Its findings are errors.
  case error
  /// Its findings are warnings.
  case warning
  /// Its findings are notes.
  case note
  /// It has no findings.
  case off

  /// The severity of its findings; `nil` if it has none.
  public var severity: Severity? { Severity(rawValue: rawValue) }
}

extension RuleEntry {
  /// The settings that a configuration may choose for the rule; none if it enforces a documented limit.
  ///
  /// An input that was not proved stays inconclusive at every severity, so such a rule cannot be switched off.
  public var settings: [RuleSetting] {
    if effect == .unproved { return [.error, .warning, .note] }
    return severity == .error ? [] : RuleSetting.allCases
  }
}

/// What a configuration makes of a rule.
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
  /// What a configuration may make of the rule; nothing where it enforces a documented limit.
  ///
  /// What could not be proved stays inconclusive at every severity, and so it cannot be switched off.
  public var settings: [RuleSetting] {
    if effect == .unproved { return [.error, .warning, .note] }
    return severity == .error ? [] : RuleSetting.allCases
  }
}

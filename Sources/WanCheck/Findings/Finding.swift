/// A broken rule, at one place.
public struct Finding: Sendable, Hashable {
  /// The id of the rule.
  public var rule: RuleID
  /// The severity here: that of the rule, lower if readings disagree, or higher under `strict`.
  public var severity: Severity
  /// Whether the rule is broken, or could not be checked.
  public var effect: Effect
  /// The role of the asset that it is about, if it is about one.
  public var role: Role?
  /// The JSON pointer of the field, relative to the body; `nil` for a bare asset.
  public var pointer: String?
  /// The place in a file.
  public var place: Place
  /// The problem: what is allowed, and what was found.
  public var message: String
  /// What is allowed.
  public var limit: AllowedValues?
  /// What was measured, by name.
  public var actual: [String: Quantity]
  /// The readings of the limit, each with its own result.
  public var readings: [Reading]
  /// The fix: a command if one can fix it, else words.
  public var fix: Fix?
  /// The changes that it needs in a copy of the asset, if a command can make them.
  var repair: Repair?
  /// Whether the configuration ignores it. It is still reported and counts for the verdict, but not for the exit code.
  public var suppressed = false

  /// The asset that its command repairs, which a finding about the whole job also has.
  package var repairedRole: Role? { repair?.role ?? role }

  /// A finding of `rule` with the severity and effect that the catalogue states.
  public init(_ rule: RuleEntry, _ message: String, place: Place) {
    self.rule = rule.id
    self.severity = rule.severity
    self.effect = rule.effect
    self.place = place
    self.message = message
    actual = [:]
    readings = []
  }
}

/// A place in a job file, or the file of a bare asset.
public struct Place: Sendable, Hashable {
  /// The file's path as given, or the name of standard input; `nil` if the job came from memory.
  public var file: String?
  /// Line from 1; `nil` for a bare asset.
  public var line: Int?
  /// Column from 1 in Unicode scalars; `nil` for a bare asset.
  public var column: Int?
  /// The line of a job file in a form that is safe to show; `nil` for a bare asset, and for a job from memory.
  public var excerpt: SourceExcerpt?

  /// A place.
  public init(file: String? = nil, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

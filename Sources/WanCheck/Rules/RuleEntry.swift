/// The stable id of a rule.
public struct RuleID: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The id as users write it.
  public var rawValue: String

  /// An id as users write it.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// An id as users write it.
  public init(stringLiteral value: String) { rawValue = value }

  /// The id as users write it.
  public var description: String { rawValue }
}

/// The parts of the catalogue.
public enum RuleGroup: String, Sendable, Hashable, CaseIterable {
  /// The fields of a job.
  case job
  /// Locations, and how they are served.
  case url
  /// Files of any kind.
  case file
  /// Images.
  case image
  /// Audio.
  case audio
  /// Video.
  case video
  /// Parts that a probe could not prove.
  case probing
}

/// An example in the catalogue: a request body, or the description of an asset.
public enum RuleExample: Sendable, Hashable {
  /// A request body as JSON, judged unchanged.
  case job(String)
  /// An asset, in words.
  case asset(String)

  /// The text of the example.
  public var text: String {
    switch self {
    case .job(let text), .asset(let text): text
    }
  }

  fileprivate func naming(_ profile: Profile) -> RuleExample {
    switch self {
    case .job(let text): .job(profile.naming(text))
    case .asset(let text): .asset(profile.naming(text))
    }
  }
}

/// The catalogue's entry for one rule.
public struct RuleEntry: Sendable, Hashable {
  /// The stable id.
  public var id: RuleID
  /// The part of the catalogue.
  public var group: RuleGroup
  /// The severity of its findings, if no reading of a limit disagrees.
  public var severity: Severity
  /// The effect of its findings.
  public var effect: Effect
  /// Its requirement, in one sentence.
  public var summary: String
  /// The sentence that it enforces, and where that is written.
  public var source: LimitSource
  /// An example that breaks it.
  public var breaks: RuleExample
  /// An example that does not.
  public var passes: RuleExample

  /// An entry whose texts name fields by `$meaning`. Without a `source`, the source is that of Freepik's profile.
  init(
    _ id: RuleID, _ group: RuleGroup, _ severity: Severity = .error, _ effect: Effect = .violation,
    summary: String, source: LimitSource? = nil, breaks: RuleExample, passes: RuleExample
  ) {
    let profile = Profile.freepik
    self.id = id
    self.group = group
    self.severity = severity
    self.effect = effect
    self.summary = profile.naming(summary)
    self.source = source ?? profile.statements[id] ?? .practice("")
    self.breaks = breaks.naming(profile)
    self.passes = passes.naming(profile)
  }
}

/// A rule about one asset: a pure function of its facts and the limits.
protocol AssetRule: Sendable {
  /// The catalogue's entry.
  var entry: RuleEntry { get }
  /// Every place at which `asset` breaks it.
  func findings(in asset: AssetSubject) -> [Finding]
}

/// A rule about a job as a whole: a pure function of its fields, its assets' facts and the limits.
protocol JobRule: Sendable {
  /// The catalogue's entry.
  var entry: RuleEntry { get }
  /// Every place at which `job` breaks it.
  func findings(in job: JobSubject) -> [Finding]
}

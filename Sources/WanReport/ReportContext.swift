public import MediaFacts
public import WanCheck

/// The facts about the run as a whole that reports show.
public struct ReportContext: Sendable {
  /// The version of the tool.
  public var version: String
  /// How deep assets were read.
  public var depth: Depth
  /// The limits that assets and jobs were checked against.
  public var limits: Limits
  /// The names of the mechanisms that confine the processes that read assets, sorted;
  /// empty if there are none.
  public var confinement: [String] = []
  /// The part of the inputs that the run checked; `nil` if it checked all.
  package var shard: Shard?
  /// Whether locations are shown with their queries.
  public var showURLs: Bool
  /// How paths are written in the formats of code hosts.
  public var paths: RepositoryPaths

  /// The limits that differ from the documented ones, in the order of the listing.
  var overriddenLimits: [(id: String, text: String)] {
    limits.overridden.map { ($0.id, $0.text) }
  }

  /// The facts about a run.
  public init(
    version: String, depth: Depth, limits: Limits, showURLs: Bool = false,
    paths: RepositoryPaths = RepositoryPaths()
  ) {
    self.version = version
    self.depth = depth
    self.limits = limits
    self.showURLs = showURLs
    self.paths = paths
  }
}

/// The counts at the end of a report.
public struct Summary: Sendable, Hashable, Encodable {
  /// The number of results.
  public private(set) var inputs = 0
  /// The number of results with the verdict valid.
  public private(set) var valid = 0
  /// The number of results with the verdict invalid.
  public private(set) var invalid = 0
  /// The number of results with the verdict inconclusive.
  public private(set) var inconclusive = 0
  /// The number of findings of severity error.
  public private(set) var errors = 0
  /// The number of findings of severity warning.
  public private(set) var warnings = 0
  /// The number of findings of severity note.
  public private(set) var notes = 0
  /// The number of findings that the configuration suppresses, which no other count includes;
  /// `nil` if there are none.
  public private(set) var suppressed: Int?
  /// The states of the additions; `nil` if there are none.
  package private(set) var submissions: AdditionCounts?
  /// Whether the run ended before every input had a result.
  public var isInterrupted = false
  /// How many of the errors, warnings and notes are about something that could not be checked. JSON leaves
  /// this out, because its counts are by severity.
  private(set) var unproved: [Severity: Int] = [:]

  /// What reports for people say about a run that was interrupted.
  static let interruption = "interrupted: not every input was checked"

  private enum CodingKeys: CodingKey {
    case inputs, valid, invalid, inconclusive, errors, warnings, notes, suppressed, submissions
  }

  /// A summary of no results.
  public init() {}

  /// Counts `result` and the state of its addition.
  public mutating func count(_ result: CheckResult, _ addition: ResultAddition? = nil) {
    if let content = addition?.content {
      var counts = submissions ?? AdditionCounts(type(of: content).states)
      counts.count(content)
      submissions = counts
    }
    inputs += 1
    switch result.verdict {
    case .valid: valid += 1
    case .invalid: invalid += 1
    case .inconclusive: inconclusive += 1
    }
    for finding in result.findings {
      if finding.suppressed {
        suppressed = (suppressed ?? 0) + 1
        continue
      }
      if finding.effect == .unproved { unproved[finding.severity, default: 0] += 1 }
      switch finding.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
    }
  }
}

/// Renders results one after another. The returned text is written to the report unchanged.
public protocol Reporter: Sendable {
  /// The text before the first result.
  mutating func begin() -> String
  /// The text of one result, as soon as the result is known, in input order.
  mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String
  /// The text after the last result.
  mutating func end(_ summary: Summary) -> String
}

extension Reporter {
  /// The text of a result that has no addition.
  public mutating func result(_ result: CheckResult) -> String { self.result(result, nil) }
}

/// The severity of a finding.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  /// A documented limit is broken, or the asset is not a readable, complete, public file of a documented format.
  case error
  /// A known hazard, or readings of a limit that disagree.
  case warning
  /// Information.
  case note
}

/// What a finding proves about the asset or job.
public enum Effect: String, Sendable, Hashable, Codable {
  /// The rule was checked and is broken.
  case violation
  /// The rule could not be checked completely.
  case unproved
}

/// The judgement of an asset or a job.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Everything that the depth requires was proved.
  case valid
  /// No rule is known to be broken, but something could not be proved.
  case inconclusive
  /// At least one error with the effect `violation`.
  case invalid

  /// Better verdicts come first.
  public static func < (lhs: Verdict, rhs: Verdict) -> Bool { lhs.rank < rhs.rank }

  /// The verdict of `findings`.
  public init(of findings: some Sequence<Finding>) {
    var verdict = Verdict.valid
    for finding in findings {
      if finding.effect == .unproved {
        verdict = max(verdict, .inconclusive)
      } else if finding.severity == .error {
        verdict = .invalid
      }
    }
    self = verdict
  }

  private var rank: Int {
    switch self {
    case .valid: 0
    case .inconclusive: 1
    case .invalid: 2
    }
  }
}

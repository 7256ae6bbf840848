/// How much a finding weighs.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  /// A documented limit is broken, or the asset is not a readable, complete, public file of a documented format.
  case error
  /// A known hazard, or readings of a limit that disagree.
  case warning
  /// Something to know.
  case note
}

/// What a broken rule says about the asset or job.
public enum Effect: String, Sendable, Hashable, Codable {
  /// The rule was checked and is broken.
  case violation
  /// The rule could not be checked to its end.
  case unproved
}

/// The judgement of an asset or a job.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Everything that the depth asks for was proved.
  case valid
  /// Nothing is known to be wrong, but something could not be proved.
  case inconclusive
  /// At least one error of effect violation.
  case invalid

  /// Better verdicts come first.
  public static func < (lhs: Verdict, rhs: Verdict) -> Bool { lhs.rank < rhs.rank }

  /// The verdict that `findings` lead to.
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

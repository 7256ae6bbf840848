import Locations
public import WanCheck

/// GitLab's code quality report: an array with one element per finding, written result by result.
///
/// Source: GitLab, Code Quality, "Code Quality report format".
public struct GitLabReporter: Reporter {
  private let context: ReportContext
  private var fingerprints = Fingerprints()
  private var isFirst = true

  /// A report of a run.
  public init(_ context: ReportContext) { self.context = context }

  /// The beginning of the array.
  public mutating func begin() -> String { "[" }

  /// The findings of one result, one per line.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    var text = ""
    // The format cannot express that a finding is suppressed, so such findings are left out.
    for finding in result.findings where !finding.suppressed {
      let place = FindingPlace(of: finding, in: result, context.paths)
      let element = Element(
        description: result.sentence(finding), checkName: finding.rule.rawValue,
        fingerprint: fingerprints.next(finding, in: result, at: place.path),
        severity: Self.severity(of: finding),
        location: Location(
          path: String(validating: place.bytes, as: UTF8.self) ?? place.path, lines: Lines(begin: place.line))
      )
      text += (isFirst ? "\n" : ",\n") + JSONDocument.text(element)
      isFirst = false
    }
    return text
  }

  /// The end of the array.
  public mutating func end(_ summary: Summary) -> String { isFirst ? "]\n" : "\n]\n" }

  private static func severity(of finding: Finding) -> String {
    if finding.effect == .unproved { return "major" }
    return switch finding.severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }

  private struct Element: Encodable {
    var description: String
    var checkName: String
    var fingerprint: String
    var severity: String
    var location: Location

    private enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  private struct Location: Encodable {
    var path: String
    var lines: Lines
  }

  private struct Lines: Encodable {
    var begin: Int
  }
}

import AssetOpening
public import WanCheck

/// The report as JUnit XML for continuous integration: a suite per job or asset, a case per rule and asset.
///
/// A broken rule is a failure, and what could not be proved is an error. Warnings and notes are output of a
/// case that passes. A valid asset has a case that passes, so that the report shows that it was checked.
public struct JUnitReporter: Reporter {
  private let properties: String

  /// A report of a run. Each suite lists the limits that differ from the documented ones.
  public init(_ context: ReportContext) {
    let properties = context.overriddenLimits.map { limit in
      "      <property name=\"limits.\(XMLText.escaped(limit.id))\" value=\"\(XMLText.escaped(limit.text))\"/>\n"
    }
    self.properties =
      properties.isEmpty ? "" : "    <properties>\n\(properties.joined())    </properties>\n"
  }

  /// The beginning of the document.
  public mutating func begin() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wan-check\">\n"
  }

  /// The suite of one result.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    let cases = JUnitCase.cases(of: result, addition)
    let counts = [
      ("tests", cases.count), ("failures", cases.count { $0.outcome == .failure }),
      ("errors", cases.count { $0.outcome == .error }), ("skipped", cases.count { $0.outcome == .skipped }),
    ].map { " \($0)=\"\($1)\"" }.joined()
    return "  <testsuite name=\"\(XMLText.escaped(result.title))\"\(counts)>\n" + properties
      + cases.map(\.text).joined() + "  </testsuite>\n"
  }

  /// The end of the document.
  public mutating func end(_ summary: Summary) -> String {
    guard summary.isInterrupted else { return "</testsuites>\n" }
    let interruption = JUnitCase(
      name: "interrupted", className: "wan-check", outcome: .error, message: Summary.interruption)
    return "  <testsuite name=\"wan-check\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
      + interruption.text + "  </testsuite>\n</testsuites>\n"
  }
}

/// Text for XML 1.0.
enum XMLText {
  /// `text` for the content of an element, or for an attribute in double quotes. Characters that XML 1.0
  /// forbids become U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        escaped.unicodeScalars.append(scalar)
      default: escaped += "\u{FFFD}"
      }
    }
    return escaped
  }
}

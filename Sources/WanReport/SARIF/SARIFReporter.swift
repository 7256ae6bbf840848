import MediaFacts
public import WanCheck

/// The report as SARIF 2.1.0 for GitHub code scanning, written result by result.
///
/// Source: OASIS, Static Analysis Results Interchange Format 2.1.0; GitHub, SARIF support for code scanning.
public struct SARIFReporter: Reporter {
  /// The number of findings that code scanning accepts from one run.
  public static let mostResults = 25_000

  private let context: ReportContext
  private var fingerprints = Fingerprints()
  private var written = 0
  private var left = 0

  /// A report of a run.
  public init(_ context: ReportContext) { self.context = context }

  /// The log before its results: the tool, and all its rules.
  public mutating func begin() -> String {
    """
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [{
        "tool": \(JSONDocument.text(SARIFTool(version: context.version))),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "properties": \(JSONDocument.text(SARIFRunProperties(context))),
        "results": [
    """
  }

  /// The findings of one result, one per line.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    var text = ""
    for finding in result.findings {
      guard written < Self.mostResults else {
        left += 1
        continue
      }
      let place = FindingPlace(of: finding, in: result, context.paths)
      let element = SARIFResult(
        finding: finding, result: result, place: place,
        fingerprint: fingerprints.next(finding, in: result, at: place.path))
      text += (written == 0 ? "\n      " : ",\n      ") + JSONDocument.text(element)
      written += 1
    }
    return text
  }

  /// The end of the results, and the statement whether the run was completed.
  public mutating func end(_ summary: Summary) -> String {
    let notifications =
      (left == 0 ? [] : [SARIFNotification(left: left)])
      + (summary.isInterrupted ? [SARIFNotification(Summary.interruption)] : [])
    let invocation = SARIFInvocation(
      executionSuccessful: !summary.isInterrupted, toolExecutionNotifications: notifications)
    return (written == 0 ? "" : "\n    ")
      + "],\n    \"invocations\": [\(JSONDocument.text(invocation))]\n  }]\n}\n"
  }
}

/// The properties of the run as a whole.
private struct SARIFRunProperties: Encodable {
  var depth: String
  var profile: String
  /// The limits that differ from the documented ones, in the form of the JSON report.
  var overrides: [String: String]

  init(_ context: ReportContext) {
    depth = context.depth.rawValue
    profile = context.limits.profile.id
    overrides = Dictionary(context.overriddenLimits.map { ($0.id, $0.text) }) { first, _ in first }
  }
}

/// States whether the run was completed, and what the report leaves out.
private struct SARIFInvocation: Encodable {
  var executionSuccessful: Bool
  var toolExecutionNotifications: [SARIFNotification]
}

/// States why the report is not complete.
private struct SARIFNotification: Encodable {
  var level = "error"
  var message: SARIFMessage

  init(_ text: String) { message = SARIFMessage(text) }

  init(left: Int) {
    self.init(
      "\(left) more findings were left out: code scanning takes \(SARIFReporter.mostResults) of one run")
  }
}

import MediaFacts
public import WanCheck

/// SARIF 2.1.0 as GitHub code scanning takes it, written result by result.
///
/// Source: OASIS, Static Analysis Results Interchange Format 2.1.0; GitHub, SARIF support for code scanning.
public struct SARIFReporter: Reporter {
  /// Findings that code scanning takes from one run.
  public static let mostResults = 25_000

  private let context: ReportContext
  private var fingerprints = Fingerprints()
  private var written = 0
  private var left = 0

  /// A report of a run.
  public init(_ context: ReportContext) { self.context = context }

  /// The log up to its results: the tool, and every rule that it knows.
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

  /// The findings of one result, each on a line.
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

  /// The end of the results, and that the run came to its end.
  public mutating func end(_ summary: Summary) -> String {
    let notifications = left == 0 ? [] : [SARIFNotification(left: left)]
    let invocation = SARIFInvocation(toolExecutionNotifications: notifications)
    return (written == 0 ? "" : "\n    ")
      + "],\n    \"invocations\": [\(JSONDocument.text(invocation))]\n  }]\n}\n"
  }
}

/// What is said of the run as a whole.
private struct SARIFRunProperties: Encodable {
  var depth: String
  var profile: String
  /// The limits that are not the documented ones, as the JSON report has them.
  var overrides: [String: String]

  init(_ context: ReportContext) {
    depth = context.depth.rawValue
    profile = context.limits.profile.id
    overrides = Dictionary(context.overriddenLimits.map { ($0.id, $0.text) }) { first, _ in first }
  }
}

/// That the run came to its end, and what the report leaves out.
private struct SARIFInvocation: Encodable {
  var executionSuccessful = true
  var toolExecutionNotifications: [SARIFNotification]
}

/// That findings were left out.
private struct SARIFNotification: Encodable {
  var level = "error"
  var message: SARIFMessage

  init(left: Int) {
    message = SARIFMessage(
      "\(left) more findings were left out: code scanning takes \(SARIFReporter.mostResults) of one run")
  }
}

import Locations
import WanCheck

/// One finding in the form of SARIF.
struct SARIFResult: Encodable {
  private var ruleId: String
  private var ruleIndex: Int?
  private var level: String
  private var message: SARIFMessage
  private var locations: [SARIFLocation]
  private var partialFingerprints: [String: String]
  private var suppressions: [Suppression]?
  private var properties: Properties

  /// `finding` is one of the findings of `result`.
  ///
  /// A finding that could not be checked keeps the level of its severity. With any `kind` but `fail`
  /// its level would have to be `none`, which code scanning does not show, and an inconclusive result
  /// must not look like a pass.
  init(finding: Finding, result: CheckResult, place: FindingPlace, fingerprint: String) {
    ruleId = finding.rule.rawValue
    ruleIndex = SARIFTool.index[finding.rule]
    level = finding.severity.rawValue
    message = SARIFMessage(
      result.sentence(finding) + (finding.fix.map { "\nFix: \(displayText($0.text))" } ?? ""))
    let asset = result.asset(of: finding)
    locations = [SARIFLocation(place, logical: asset.map { $0.location })]
    // Absent, not empty: with an empty array, code scanning would treat the
    // suppressions of the result as known.
    suppressions = finding.suppressed ? [Suppression()] : nil
    partialFingerprints = ["wanCheckFinding/v1": fingerprint]
    properties = Properties(
      finding: finding, verdict: result.verdict.rawValue, job: result.id, locationID: asset?.locationID,
      localCopy: asset?.localCopy)
  }

  /// A suppression from the configuration, not from the file.
  private struct Suppression: Encodable {
    var kind = "external"
  }

  /// The properties that scripts rely on, under the names of the JSON report.
  private struct Properties: Encodable {
    var finding: Finding
    var verdict: String
    var job: String?
    var locationID: String?
    var localCopy: String?

    private enum Key: String, CodingKey {
      case effect, pointer, verdict, id
      case locationID = "location_id"
      case localCopy = "local_copy"
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(finding.effect.rawValue, forKey: .effect)
      try values.encode(verdict, forKey: .verdict)
      try values.encodeIfPresent(finding.pointer, forKey: .pointer)
      try values.encodeIfPresent(job, forKey: .id)
      try values.encodeIfPresent(locationID, forKey: .locationID)
      try values.encodeIfPresent(localCopy, forKey: .localCopy)
      try JSONMeasures(finding: finding).encode(to: encoder)
    }
  }
}

/// The location of a finding: a place in a file, and the asset that it is about.
struct SARIFLocation: Encodable {
  private var physicalLocation: Physical
  private var logicalLocations: [Logical]?

  /// A place in a file; `logical` is the location of the asset, for people.
  init(_ place: FindingPlace, logical: String?) {
    physicalLocation = Physical(
      artifactLocation: Artifact(
        uri: PathURI.text(place.bytes), uriBaseId: place.path.hasPrefix("/") ? nil : "%SRCROOT%"),
      region: Region(startLine: place.line, startColumn: place.column ?? 1))
    logicalLocations = logical.map { [Logical(fullyQualifiedName: $0, kind: "resource")] }
  }

  private struct Physical: Encodable {
    var artifactLocation: Artifact
    var region: Region
  }

  private struct Artifact: Encodable {
    var uri: String
    var uriBaseId: String?
  }

  private struct Region: Encodable {
    var startLine: Int
    var startColumn: Int
  }

  private struct Logical: Encodable {
    var fullyQualifiedName: String
    var kind: String
  }
}

/// A message of plain text.
struct SARIFMessage: Encodable {
  private var text: String

  /// A message that shows `text` unchanged: in SARIF's plain text, `[a](b)` would be a link.
  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    guard zip(scalars, scalars.dropFirst()).contains(where: { $0 == "]" && $1 == "(" }) else {
      self.text = text
      return
    }
    var escaped = ""
    for scalar in scalars {
      if scalar == "\\" || scalar == "[" || scalar == "]" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    self.text = escaped
  }
}

import Foundation
import MediaFacts
public import WanCheck

/// The report as one JSON document. It is written result by result, so that memory use does
/// not grow with their number.
public struct JSONReporter: Reporter {
  private let context: ReportContext
  private var isFirst = true

  /// A report of a run.
  public init(_ context: ReportContext) { self.context = context }

  /// The beginning of the document.
  public mutating func begin() -> String {
    """
    {
      "schema_version": \(JSONDocument.schemaVersion),
      "tool": \(JSONDocument.text(JSONTool(version: context.version))),
      "profile": \(JSONDocument.text(JSONProfile(context))),
      "depth": \(JSONDocument.text(context.depth.rawValue)),
      "confinement": \(JSONDocument.text(context.confinement)),\(
        context.shard.map { "\n  \"shard\": \(JSONDocument.text($0))," } ?? "")
      "results": [
    """
  }

  /// One element of `results`, indented.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    let separator = isFirst ? "\n" : ",\n"
    isFirst = false
    let text = JSONDocument.text(
      JSONResult(result: result, addition: addition, showURLs: context.showURLs), pretty: true)
    return separator + text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
  }

  /// The end of the document.
  public mutating func end(_ summary: Summary) -> String {
    (isFirst ? "" : "\n  ") + "],\n  \"summary\": \(JSONDocument.text(summary))"
      + (summary.isInterrupted ? ",\n  \"interrupted\": true" : "") + "\n}\n"
  }
}

/// The report as JSON Lines: a line about the run, one line per result, then one line with the summary. Without the last
/// line, the run did not end.
public struct JSONLinesReporter: Reporter {
  private let context: ReportContext

  /// A report of a run.
  public init(_ context: ReportContext) { self.context = context }

  /// The line about the run.
  public mutating func begin() -> String { JSONDocument.text(JSONLinesBeginning(context)) + "\n" }

  /// The result as one line.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    JSONDocument.text(JSONResult(result: result, addition: addition, showURLs: context.showURLs)) + "\n"
  }

  /// The line with the summary.
  public mutating func end(_ summary: Summary) -> String {
    JSONDocument.text(JSONLinesEnd(summary: summary, interrupted: summary.isInterrupted ? true : nil)) + "\n"
  }
}

/// Encoding that all JSON formats share.
package enum JSONDocument {
  /// The schema version of every report.
  package static let schemaVersion = 2

  /// `value` as JSON text with sorted keys, so that two reports can be compared with `diff`.
  package static func text(_ value: some Encodable, pretty: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    // Encoding strings, numbers and arrays of them cannot fail; a throw would be a bug of the encoder.
    guard let data = try? encoder.encode(value) else { return "null" }
    return escapingControls(String(decoding: data, as: UTF8.self))
  }

  /// The same JSON, safe to show in a terminal: the encoder does not escape DEL, C1
  /// and bidirectional controls.
  ///
  /// JSON has characters outside ASCII only in strings, where an escape means the same.
  private static func escapingControls(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

private struct JSONTool: Encodable {
  var name = "wan-check"
  var version: String
}

/// The profile: the limits that the verdicts are based on.
private struct JSONProfile: Encodable {
  var id: String
  var captured: String
  var overrides: [String: String]

  init(_ context: ReportContext) {
    id = context.limits.profile.id
    captured = context.limits.profile.captured
    overrides = Dictionary(context.overriddenLimits.map { ($0.id, $0.text) }) { first, _ in first }
  }
}

/// The first line of JSON Lines.
private struct JSONLinesBeginning: Encodable {
  var kind = "run"
  var schemaVersion = JSONDocument.schemaVersion
  var tool: JSONTool
  var profile: JSONProfile
  var depth: String
  var confinement: [String]
  var shard: Shard?

  init(_ context: ReportContext) {
    tool = JSONTool(version: context.version)
    profile = JSONProfile(context)
    depth = context.depth.rawValue
    confinement = context.confinement
    shard = context.shard
  }

  private enum CodingKeys: String, CodingKey {
    case kind, tool, profile, depth, confinement, shard
    case schemaVersion = "schema_version"
  }
}

/// The last line of JSON Lines.
private struct JSONLinesEnd: Encodable {
  var kind = "summary"
  var summary: Summary
  /// True if the run did not check every input, otherwise absent.
  var interrupted: Bool?
}

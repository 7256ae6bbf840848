import MediaFacts
public import WanCheck

/// The limits for people and scripts.
public enum LimitListing {
  /// Every limit with its readings, its source sentence and date.
  public static func text(_ limits: Limits) -> String {
    let width = limits.all.map(\.subject.count).max() ?? 0
    let indent = String(repeating: " ", count: width + 2)
    return limits.all.map { limit in
      let gap = String(repeating: " ", count: width - limit.subject.count + 2)
      let standard = limit.defaultValue.map { " (default \($0))" } ?? ""
      let readings =
        limit.readings.isEmpty ? "" : "\(indent)readings: \(limit.readings.joined(separator: ", "))\n"
      return "\(limit.subject)\(gap)\(limit.text)\(standard)\n\(readings)"
        + "\(indent)\(limit.source.quotation)\n\(indent)\(limit.source.document), as of \(limit.source.captured)\n"
    }.joined(separator: "\n")
  }

  /// The limits as a Markdown table.
  public static func markdown(_ limits: Limits) -> String {
    let rows = limits.all.map { limit in
      let standard = limit.defaultValue.map { " (default \($0))" } ?? ""
      return "| \(limit.subject) | \(limit.text)\(standard) | \(limit.readings.joined(separator: ", ")) |\n"
    }
    return "| | limit | readings |\n|---|---|---|\n\(rows.joined())"
  }

  /// The limits as a JSON array.
  public static func json(_ limits: Limits) -> String {
    JSONDocument.text(limits.all.map(JSONLimitEntry.init), pretty: true) + "\n"
  }
}

private struct JSONLimitEntry: Encodable {
  var id: String
  var subject: String
  var min: Double?
  var max: Double?
  var unit: String?
  var oneOf: [String]?
  var defaultValue: String?
  var readings: [String]
  var source: JSONSource

  private enum CodingKeys: String, CodingKey {
    case id, subject, min, max, unit, readings, source
    case oneOf = "one_of"
    case defaultValue = "default"
  }

  init(_ limit: Limit) {
    id = limit.id
    subject = limit.subject
    min = limit.minimum?.doubleValue
    max = limit.maximum?.doubleValue
    unit = limit.unit
    oneOf = limit.allowed.isEmpty ? nil : limit.allowed
    defaultValue = limit.defaultValue
    readings = limit.readings
    source = JSONSource(limit.source)
  }
}

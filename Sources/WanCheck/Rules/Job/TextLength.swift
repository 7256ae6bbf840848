import MediaFacts

/// Judges the length of a text under both counts that servers use.
struct TextLength {
  var entry: RuleEntry
  var field: String

  func findings(in job: JobSubject, _ limit: Limit) -> [Finding] {
    guard let text = job.job.text(field) else { return [] }
    let scalars = text.unicodeScalars.count
    let units = text.utf16.count
    let readings = [
      Reading("Unicode scalars", ["characters": .count(scalars)], inside: limit.contains(scalars)),
      Reading("UTF-16 units", ["characters": .count(units)], inside: limit.contains(units)),
    ]
    let judgement = ReadingsJudgement(readings)
    guard judgement != .allInside else { return [] }
    let counts = scalars == units ? "\(scalars)" : "\(scalars) (in UTF-16 units \(units))"
    var finding = job.finding(entry, field: field, "\(field) has \(counts) characters: \(limit.text)")
    if judgement == .disagree { finding.severity = .warning }
    finding.limit = limit.allowedValues
    finding.actual = ["characters": .count(scalars)]
    finding.readings = readings
    if let most = limit.maximum {
      finding.fix = "shorten it by \(Int64(units) - most.numerator / most.denominator) characters"
    }
    return [finding]
  }
}

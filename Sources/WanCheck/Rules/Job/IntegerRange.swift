import JobDocuments
import MediaFacts

/// A whole number is in its range.
struct IntegerRange: JobRule {
  let entry: RuleEntry
  let meaning: FieldMeaning

  static let duration = IntegerRange(
    "duration-range", .duration, outside: Limits.documented[.duration].maximum.map { $0.wholeBelow + 1 },
    inside: Limits.documented[.duration].maximum?.wholeBelow)
  static let seed = IntegerRange(
    "seed-range", .seed, outside: Limits.documented[.seed].minimum.map { $0.wholeBelow - 1 },
    inside: Limits.documented[.seed].minimum?.wholeBelow)

  private init(_ id: RuleID, _ meaning: FieldMeaning, outside: Int64?, inside: Int64?) {
    let limit = Limits.documented[meaning]
    func job(_ number: Int64?) -> RuleExample {
      .job(
        #"{"$start_image": "https://cdn.example.net/a.png", "$\#(meaning.rawValue)": \#(number ?? 0)}"#)
    }
    self.meaning = meaning
    entry = RuleEntry(
      id, .job, summary: "$\(meaning.rawValue) is \(limit.text).", source: limit.source,
      breaks: job(outside), passes: job(inside))
  }

  func findings(in job: JobSubject) -> [Finding] {
    guard case .number(let literal)? = job.job.value(meaning)?.content, literal.isInteger else { return [] }
    let limit = job.limits[meaning]
    if !limit.isBounded { return [] }
    if let value = literal.integer, limit.contains(Rational(value)) { return [] }
    let label = job.label(meaning)
    var finding = job.finding(
      entry, meaning, "`\(label)` must be \(limit.text); found `\(literal.text.prefix(40))`")
    finding.severity = limit.source.severity
    finding.limit = limit.allowedValues
    // A number beyond 64 bits is shown as it was written.
    finding.actual = [label: literal.integer.map(Quantity.integer) ?? .text(String(literal.text.prefix(40)))]
    finding.fix = "write a whole number, \(limit.text)"
    return [finding]
  }
}

import JobDocuments
import MediaFacts

/// Judges an integer field by a range.
struct IntegerRange {
  var entry: RuleEntry
  var field: String

  func findings(in job: JobSubject, _ limit: Limit) -> [Finding] {
    guard case .number(let literal)? = job.job.field(field)?.content, literal.isInteger else { return [] }
    if let value = literal.integer, limit.contains(Rational(value)) { return [] }
    var finding = job.finding(entry, field: field, "\(field) is \(literal.text.prefix(40)): \(limit.text)")
    finding.limit = limit.allowedValues
    // A number beyond 64 bits is shown as it was written.
    finding.actual = [field: literal.integer.map(Quantity.integer) ?? .text(String(literal.text.prefix(40)))]
    finding.fix = "write a whole number, \(limit.text)"
    return [finding]
  }
}

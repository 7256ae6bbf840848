import Locations

/// The resolution is one of the documented words.
struct Resolution: JobRule {
  let entry = RuleEntry(
    "resolution", .job,
    summary: "$resolution is \(Limits.documented[.resolution].text), in capitals.",
    source: Limits.documented[.resolution].source,
    breaks: .job(#"{"$start_image": "https://cdn.example.net/a.png", "$resolution": "720p"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png", "$resolution": "720P"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    let limit = job.limits[.resolution]
    guard let value = job.job.text(.resolution), limit.isBounded, !limit.allowed.contains(value) else {
      return []
    }
    let shown = Redactor.value(value)
    let label = job.label(.resolution)
    var finding = job.finding(
      entry, .resolution, "`\(label)` must be \(limit.text); found `\(shown.prefix(60))`")
    finding.severity = limit.source.severity
    finding.limit = limit.allowedValues
    finding.actual = [label: .text(shown)]
    let nearest =
      limit.allowed.first { $0.lowercased() == value.lowercased() }
      ?? Suggestion.nearest(to: value, in: limit.allowed)
    finding.fix = nearest.map { "write \"\($0)\"" } ?? "write \(limit.text)"
    return [finding]
  }
}

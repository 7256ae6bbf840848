import Locations

/// `resolution`: "Available options: 720P, 1080P".
struct Resolution: JobRule {
  let entry = RuleEntry(
    "resolution", .job,
    summary: "resolution is \(Limits.documented.resolution.text), in capitals.",
    source: Limits.documented.resolution.source,
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "resolution": "720p"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "resolution": "720P"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    let limit = job.limits.resolution
    guard let value = job.job.text("resolution"), !limit.allowed.contains(value) else { return [] }
    let shown = Redactor.value(value)
    var finding = job.finding(
      entry, field: "resolution", "resolution is \"\(shown.prefix(60))\": \(limit.text)")
    finding.limit = limit.allowedValues
    finding.actual = ["resolution": .text(shown)]
    let nearest =
      limit.allowed.first { $0.lowercased() == value.lowercased() }
      ?? Suggestion.nearest(to: value, in: limit.allowed)
    finding.fix = nearest.map { "write \"\($0)\"" } ?? "write \(limit.text)"
    return [finding]
  }
}

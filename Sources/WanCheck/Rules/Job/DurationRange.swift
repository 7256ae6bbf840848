/// `duration`: "Required range: 2 <= x <= 15".
struct DurationRange: JobRule {
  let entry = RuleEntry(
    "duration-range", .job,
    summary: "duration is \(Limits.documented.duration.text).",
    source: Limits.documented.duration.source,
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "duration": 16}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "duration": 15}"#))

  func findings(in job: JobSubject) -> [Finding] {
    IntegerRange(entry: entry, field: "duration").findings(in: job, job.limits.duration)
  }
}

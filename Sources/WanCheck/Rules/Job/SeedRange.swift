/// `seed`: "Required range: 0 <= x <= 2147483647".
struct SeedRange: JobRule {
  let entry = RuleEntry(
    "seed-range", .job,
    summary: "seed is \(Limits.documented.seed.text).",
    source: Limits.documented.seed.source,
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "seed": -1}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "seed": 0}"#))

  func findings(in job: JobSubject) -> [Finding] {
    IntegerRange(entry: entry, field: "seed").findings(in: job, job.limits.seed)
  }
}

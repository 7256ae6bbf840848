import MediaFacts

/// `prompt`: "Maximum string length: 5000".
struct PromptLength: JobRule {
  let entry = RuleEntry(
    "prompt-length", .job,
    summary: "prompt has at most \(Limits.documented.prompt.maximum?.description ?? "") characters.",
    source: Limits.documented.prompt.source,
    breaks: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "prompt": ""#
        + String(repeating: "slow pan ", count: 556) + #""}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "prompt": "slow pan"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    TextLength(entry: entry, field: "prompt").findings(in: job, job.limits.prompt)
  }
}

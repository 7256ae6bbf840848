import MediaFacts

/// `negative_prompt`: "Maximum string length: 500".
struct NegativePromptLength: JobRule {
  let entry = RuleEntry(
    "negative-prompt-length", .job,
    summary:
      "negative_prompt has at most \(Limits.documented.negativePrompt.maximum?.description ?? "") characters.",
    source: Limits.documented.negativePrompt.source,
    breaks: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "negative_prompt": ""#
        + String(repeating: "blurry, ", count: 63) + #""}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "negative_prompt": "blurry"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    TextLength(entry: entry, field: "negative_prompt").findings(in: job, job.limits.negativePrompt)
  }
}

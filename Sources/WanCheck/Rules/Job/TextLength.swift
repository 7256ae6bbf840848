import MediaFacts

/// The number of characters of a text is inside its limit, under both counts that servers use.
struct TextLength: JobRule {
  let entry: RuleEntry
  let meaning: FieldMeaning

  static let prompt = TextLength("prompt-length", .prompt, example: "slow pan")
  static let negativePrompt = TextLength("negative-prompt-length", .negativePrompt, example: "blurry")

  private init(_ id: RuleID, _ meaning: FieldMeaning, example: String) {
    let limit = Limits.documented[meaning]
    let most = limit.maximum?.wholeBelow ?? 0
    let separator = meaning == .prompt ? " " : ", "
    let long = String(
      repeating: example + separator, count: Int(most) / (example.count + separator.count) + 1)
    func job(_ text: String) -> RuleExample {
      .job(#"{"$start_image": "https://cdn.example.net/a.png", "$\#(meaning.rawValue)": "\#(text)"}"#)
    }
    self.meaning = meaning
    entry = RuleEntry(
      id, .job, summary: "$\(meaning.rawValue) has at most \(most) characters.", source: limit.source,
      breaks: job(long), passes: job(example))
  }

  func findings(in job: JobSubject) -> [Finding] {
    guard let text = job.job.text(meaning) else { return [] }
    let limit = job.limits[meaning]
    let scalars = text.unicodeScalars.count
    let units = text.utf16.count
    let readings = [
      Reading("Unicode scalars", ["characters": .count(scalars)], inside: limit.contains(scalars)),
      Reading("UTF-16 units", ["characters": .count(units)], inside: limit.contains(units)),
    ]
    let judgement = ReadingsJudgement(readings)
    guard judgement != .allInside else { return [] }
    let counts = scalars == units ? "\(scalars)" : "\(scalars) (in UTF-16 units \(units))"
    var finding = job.finding(
      entry, meaning, "`\(job.label(meaning))` must have \(limit.text); found \(counts)")
    finding.severity = judgement == .disagree ? .warning : limit.source.severity
    finding.limit = limit.allowedValues
    finding.actual = ["characters": .count(scalars)]
    finding.readings = readings
    if let most = limit.maximum?.wholeBelow, most < Int64(units) {
      finding.fix = "shorten it by \(Int64(units) - most) characters"
    }
    return [finding]
  }
}

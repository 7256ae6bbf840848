import JobDocuments

/// Each field has the type that the page states: `string`, `string<uri>`, `integer`, `object`.
struct JobFieldType: JobRule {
  let entry = RuleEntry(
    "job-field-type", .job,
    summary: "Each field has its documented type; a field that is not wanted is left out, not null or empty.",
    source: .apiPage("duration integer … seed integer … prompt string … start_image_url string<uri>"),
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "duration": "5"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "duration": 5}"#))

  func findings(in job: JobSubject) -> [Finding] {
    JobFields.names.compactMap { name in
      guard let value = job.job.field(name), let type = JobFields.types[name] else { return nil }
      return finding(name, value, type, in: job)
    } + promptExtend(in: job)
  }

  private func finding(
    _ name: String, _ value: DocumentValue, _ type: JobFields.FieldType, in job: JobSubject
  ) -> Finding? {
    var fix: Fix?
    let message: String
    switch (value.content, type) {
    case (.null, _):
      message = "\(name) is null; a field that is not wanted is left out"
      fix = "remove \(name)"
    case (.string(""), _):
      message = "\(name) is empty; a field that is not wanted is left out"
      fix = "remove \(name)"
    case (.string, .string), (.object, .object):
      return nil
    case (.number(let literal), .integer) where literal.isInteger:
      return nil
    case (.number(let literal), .integer):
      message = "\(name) is \(literal.text.prefix(40)): a whole number is needed"
    case (.string(let text), .integer) where Int64(text) != nil:
      message = "\(name) is the text \"\(text.prefix(40))\": an integer is needed"
      fix = Int64(text).map { "write \"\(name)\": \($0) without quotes" }
    default:
      message = "\(name) is \(value.typeName): \(type.article) is needed"
    }
    var finding = job.finding(entry, field: name, message)
    finding.actual = ["type": .text(value.typeName)]
    finding.limit = AllowedValues(oneOf: [type.rawValue])
    finding.fix = fix
    return finding
  }

  /// The page shows `prompt_extend` only in an example, so another type is a warning.
  private func promptExtend(in job: JobSubject) -> [Finding] {
    guard let value = job.job.field("additional_settings")?["prompt_extend"] else { return [] }
    if case .bool = value.content { return [] }
    var finding = Finding(
      entry, "prompt_extend is \(value.typeName): the API page's example has a boolean",
      place: job.job.place(of: value.position))
    finding.severity = .warning
    finding.pointer = JSONPointer.root.appending("additional_settings").appending("prompt_extend").description
    finding.actual = ["type": .text(value.typeName)]
    finding.limit = AllowedValues(oneOf: ["boolean"])
    finding.fix = "write true or false"
    return [finding]
  }
}

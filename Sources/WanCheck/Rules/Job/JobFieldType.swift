import JobDocuments

/// Each field has the type that the page states, and the required fields are there.
struct JobFieldType: JobRule {
  let entry = RuleEntry(
    "job-field-type", .job,
    summary: "Each field has its documented type; an optional field is omitted, not null or empty.",
    breaks: .job(#"{"$start_image": "https://cdn.example.net/a.png", "$duration": "5"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png", "$duration": 5}"#))

  func findings(in job: JobSubject) -> [Finding] {
    job.job.profile.fields.compactMap { field in
      job.job.value(field).map { finding(field, $0, in: job) } ?? missing(field, in: job)
    }
  }

  private func missing(_ field: Profile.Field, in job: JobSubject) -> Finding? {
    guard field.isRequired, case .object? = job.job.body?.content else { return nil }
    var finding = job.finding(
      entry, field, "missing `\(field.label)`, which must be \(field.type.article)")
    finding.limit = AllowedValues(oneOf: [field.type.rawValue])
    finding.fix = .words("add \(field.label)")
    return finding
  }

  private func finding(_ field: Profile.Field, _ value: DocumentValue, in job: JobSubject) -> Finding? {
    let (name, type) = (field.label, field.type)
    guard !field.isTypedByExample else { return byExample(field, value, in: job) }
    var fix: Fix?
    let message: String
    switch (value.content, type) {
    case (.null, _):
      message = "`\(name)` must not be null; omit a field that is not needed"
      fix = .words("remove \(name)")
    case (.string(""), _):
      message = "`\(name)` must not be empty; omit a field that is not needed"
      fix = .words("remove \(name)")
    case _ where type.holds(value):
      return nil
    case (.number(let literal), .integer):
      message = "`\(name)` must be a whole number; found `\(literal.text.prefix(40))`"
    case (.string(let text), .integer) where Int64(text) != nil:
      message = "`\(name)` must be an integer; found the string `\"\(text.prefix(40))\"`"
      fix = Int64(text).map { .words("write \"\(name)\": \($0) without quotes") }
    default:
      message = "`\(name)` must be \(type.article); found \(value.typeName)"
    }
    var finding = job.finding(entry, field, message)
    finding.actual = ["type": .text(value.typeName)]
    finding.limit = AllowedValues(oneOf: [type.rawValue])
    finding.fix = fix
    return finding
  }

  /// The page states the type only by an example, so another type is a warning.
  private func byExample(_ field: Profile.Field, _ value: DocumentValue, in job: JobSubject) -> Finding? {
    guard !field.type.holds(value) else { return nil }
    var finding = job.finding(
      entry, field,
      "`\(field.label)` is \(field.type.article) in the API page's example; found \(value.typeName)")
    finding.severity = .warning
    finding.actual = ["type": .text(value.typeName)]
    finding.limit = AllowedValues(oneOf: [field.type.rawValue])
    finding.fix = field.type == .boolean ? "write true or false" : .words("write \(field.type.article)")
    return finding
  }
}

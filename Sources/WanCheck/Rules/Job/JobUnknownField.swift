import Locations

/// The page lists every field of the body; another one is most likely a slip.
struct JobUnknownField: JobRule {
  let entry = RuleEntry(
    "job-unknown-field", .job, .warning,
    summary: "Only the fields that the API page lists are understood.",
    source: .practice("A field that the API page does not list is ignored by the provider, or refused."),
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "promt": "a slow pan"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "prompt": "a slow pan"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    var findings = FindingBound.findings(job.job.unknownEnvelopeMembers) { member in
      var finding = Finding(
        entry, "\(quoted(member.key)) is not a field of the envelope; it has id and job",
        place: job.job.place(of: member.keyPosition))
      finding.actual = ["field": .text(Self.shown(member.key))]
      return finding
    } rest: { count, first in
      var rest = Finding(
        entry, "\(count) more fields are not fields of the envelope",
        place: job.job.place(of: first.keyPosition))
      rest.actual = ["fields": .count(count)]
      return rest
    }
    guard case .object(let members)? = job.job.body?.content else { return findings }
    let unknown = members.lazy.filter { JobFields.types[$0.key] == nil }
    findings += FindingBound.findings(unknown) {
      finding($0, in: job)
    } rest: { count, first in
      var rest = Finding(
        entry, "\(count) more fields are not fields of the API", place: job.job.place(of: first.keyPosition))
      rest.actual = ["fields": .count(count)]
      rest.fix = "remove them"
      return rest
    }
    return findings
  }

  private func finding(_ member: DocumentValue.Member, in job: JobSubject) -> Finding {
    var finding = Finding(
      entry, "\(quoted(member.key)) is not a field of the API", place: job.job.place(of: member.keyPosition))
    finding.pointer = JSONPointer.root.appending(Self.shown(member.key)).description
    finding.actual = ["field": .text(Self.shown(member.key))]
    finding.fix = .words(Self.fix(member.key, in: job))
    return finding
  }

  /// The table of other providers' names comes before the likeness of letters.
  private static func fix(_ key: String, in job: JobSubject) -> String {
    switch ForeignFields.meaning(of: key) {
    case .field(let name): "did you mean \(name)?"
    case .setting(let name): "move it into additional_settings: \"additional_settings\": {\"\(name)\": true}"
    case .nothing(let advice): advice
    case nil: ForeignFields.nearest(to: key).map { "did you mean \($0)?" } ?? "remove it"
    }
  }

  /// A key without secrets, cut where it is endless.
  private static func shown(_ key: String) -> String {
    let shown = Redactor.value(key)
    let scalars = shown.unicodeScalars
    return scalars.count > 200 ? String(scalars.prefix(200)) + "…" : shown
  }

  /// A key as people read it, cut where it is endless.
  private func quoted(_ key: String) -> String {
    let scalars = Redactor.value(key).unicodeScalars
    return "\"\(displayText(String(scalars.prefix(60))))\(scalars.count > 60 ? "…" : "")\""
  }
}

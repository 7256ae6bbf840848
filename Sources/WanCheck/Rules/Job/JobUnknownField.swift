import JobDocuments
import Locations

/// The page lists every field of the body. Another field is most likely a typing error.
struct JobUnknownField: JobRule {
  let entry = RuleEntry(
    "job-unknown-field", .job, .warning,
    summary: "Only the fields that the API page lists are understood.",
    source: .practice("A field that the API page does not list is ignored by the provider, or refused."),
    breaks: .job(#"{"$start_image": "https://cdn.example.net/a.png", "promt": "a slow pan"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png", "$prompt": "a slow pan"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    let findings = FindingBound.findings(job.job.unknownEnvelopeMembers) { member in
      var finding = Finding(
        entry, "unknown field \(quoted(member.key)) in the envelope, which has only `id` and `job`",
        place: job.job.place(of: member.keyPosition))
      finding.actual = ["field": .text(Self.shown(member.key))]
      return finding
    } rest: { count, first in
      var rest = Finding(
        entry, "\(count) more unknown fields in the envelope",
        place: job.job.place(of: first.keyPosition))
      rest.actual = ["fields": .count(count)]
      return rest
    }
    return findings + unknownFields(nil, job.job.body, in: job)
      + job.job.profile.objects.flatMap { unknownFields($0, job.job.value($0), in: job) }
  }

  /// The members of an object that the page does not list.
  private func unknownFields(
    _ parent: Profile.Field?, _ object: DocumentValue?, in job: JobSubject
  ) -> [Finding] {
    guard let members = object?.members, let names = job.job.profile.names(in: parent) else { return [] }
    return FindingBound.findings(members.lazy.filter { names[$0.key] == nil }) {
      finding($0, in: parent, job)
    } rest: { count, first in
      var rest = Finding(
        entry, "\(count) more unknown fields", place: job.job.place(of: first.keyPosition))
      rest.actual = ["fields": .count(count)]
      rest.fix = "remove them"
      return rest
    }
  }

  private func finding(
    _ member: DocumentValue.Member, in parent: Profile.Field?, _ job: JobSubject
  ) -> Finding {
    var finding = Finding(
      entry, "unknown field \(quoted(member.key))", place: job.job.place(of: member.keyPosition))
    let path = (parent?.path ?? []) + [Self.shown(member.key)]
    finding.pointer = path.reduce(JSONPointer.root) { $0.appending($1) }.description
    finding.actual = ["field": .text(Self.shown(member.key))]
    finding.fix = .words(ForeignFields(job.job.profile).advice(on: member.key, in: parent))
    return finding
  }

  /// A key without secrets, cut if it is very long.
  private static func shown(_ key: String) -> String {
    let shown = Redactor.value(key)
    let scalars = shown.unicodeScalars
    return scalars.count > 200 ? String(scalars.prefix(200)) + "…" : shown
  }

  /// A key for a message, cut if it is long.
  private func quoted(_ key: String) -> String {
    let scalars = Redactor.value(key).unicodeScalars
    return "`\(displayText(String(scalars.prefix(60))))\(scalars.count > 60 ? "…" : "")`"
  }
}

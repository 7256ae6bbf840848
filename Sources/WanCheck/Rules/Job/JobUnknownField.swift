import AssetSource

/// The page lists every field of the body; another one is most likely a slip.
struct JobUnknownField: JobRule {
  let entry = RuleEntry(
    "job-unknown-field", .job, .warning,
    summary: "Only the fields that the API page lists are understood.",
    source: .practice("A field that the API page does not list is ignored by the provider, or refused."),
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "promt": "a slow pan"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png", "prompt": "a slow pan"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    var findings = job.job.unknownEnvelopeMembers.map { member in
      var finding = Finding(
        entry, "\(quoted(member.key)) is not a field of the envelope; it has id and job",
        place: job.job.place(of: member.keyPosition))
      finding.actual = ["field": .text(withoutSecrets(member.key))]
      return finding
    }
    guard case .object(let members)? = job.job.body?.content else { return findings }
    for member in members where !JobFields.names.contains(member.key) {
      let nearest = Suggestion.nearest(to: member.key, in: JobFields.names)
      var finding = Finding(
        entry, "\(quoted(member.key)) is not a field of the API", place: job.job.place(of: member.keyPosition)
      )
      finding.pointer = JSONPointer.root.appending(withoutSecrets(member.key)).description
      finding.actual = ["field": .text(withoutSecrets(member.key))]
      finding.fix = nearest.map { "did you mean \($0)?" } ?? "remove it"
      findings.append(finding)
    }
    return findings
  }

  /// A key as people read it, cut where it is endless.
  private func quoted(_ key: String) -> String {
    let scalars = withoutSecrets(key).unicodeScalars
    return "\"\(displayText(String(scalars.prefix(60))))\(scalars.count > 60 ? "…" : "")\""
  }
}

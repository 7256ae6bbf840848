import JobDocuments

/// The assets of a job make one of the endpoint's modes.
struct JobMode: JobRule {
  let entry = RuleEntry(
    "job-mode", .job,
    summary: "A job has a start image, a start and an end image, or a video with or without an end image.",
    breaks: .job(#"{"$end_image": "https://cdn.example.net/b.png"}"#),
    passes: .job(
      #"{"$start_image": "https://cdn.example.net/a.png", "$end_image": "https://cdn.example.net/b.png"}"#
    ))

  func findings(in job: JobSubject) -> [Finding] {
    guard case .object? = job.job.body?.content, job.job.mode == nil else { return [] }
    let profile = job.job.profile
    // A null or empty URL has its own finding, and the intended mode is not known.
    let given = profile.roles.filter { job.job.value($0.meaning) != nil }
    guard given.allSatisfy({ job.job.isPresent($0.meaning) }) else { return [] }
    let flaw = Self.flaw(of: given, profile)
    var finding = job.finding(entry, flaw.role?.meaning, flaw.message)
    finding.actual = ["fields": .text(given.map { profile.label($0.meaning) }.joined(separator: ","))]
    finding.limit = AllowedValues(oneOf: profile.modes.map(\.mode.rawValue))
    finding.fix = .words(flaw.fix)
    return [finding]
  }

  /// Why no mode has exactly the assets of these roles.
  private static func flaw(of given: [Role], _ profile: Profile) -> (
    role: Role?, message: String, fix: String
  ) {
    func label(_ role: Role) -> String { profile.label(role.meaning) }
    for first in given {
      for second in given where second != first {
        guard !profile.modes.contains(where: { $0.holds([first, second]) }) else { continue }
        return (
          second, "`\(label(first))` and `\(label(second))` cannot be combined",
          "remove one: \(label(first)) \(first.purpose), \(label(second)) \(second.purpose)"
        )
      }
    }
    let needed = Set(profile.modes.flatMap(\.needs))
    if let role = given.first(where: needed.contains) {
      let ways = profile.modes.filter { $0.holds(given) }.map { mode in
        let missing = mode.needs.filter { !given.contains($0) }.map(label)
        return "\(Prose.list(missing, conjunction: "and")) (\(mode.mode.name))"
      }
      return (
        role, "`\(label(role))` alone is not a mode of the API", "add \(Prose.list(ways, conjunction: "or"))"
      )
    }
    // Assets that form a mode alone.
    let starts = profile.modes.filter { $0.needs.count == 1 }.flatMap(\.needs)
    let begin = (starts.isEmpty ? Array(needed) : starts).map(label).sorted()
    return (
      given.first,
      "missing \(Prose.list(begin.map { "`\($0)`" }, conjunction: "or")): there is nothing to animate",
      "add \(Prose.list(begin, conjunction: "or"))"
    )
  }
}

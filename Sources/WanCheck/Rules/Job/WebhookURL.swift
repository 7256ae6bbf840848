import Locations

/// The webhook is a URL that the provider can call.
struct WebhookURL: JobRule {
  let entry = RuleEntry(
    "webhook-url", .job,
    summary: "$webhook is an absolute https URL on a public host.",
    breaks: .job(
      #"{"$start_image": "https://cdn.example.net/a.png", "$webhook": "hooks.example.net/wan"}"#),
    passes: .job(
      #"{"$start_image": "https://cdn.example.net/a.png", "$webhook": "https://hooks.example.net/wan"}"#
    ))

  func findings(in job: JobSubject) -> [Finding] {
    guard let text = job.job.text(.webhook) else { return [] }
    let label = job.label(.webhook)
    let location = AssetLocation(text)
    if location.isPlaceholder {
      return [
        finding(job, location, .warning, "`\(label)` is the API page's own example, not a server of yours")
      ]
    }
    guard let url = location.url else {
      let problem = location.problems.first?.message ?? "the scheme and the host are missing"
      return [finding(job, location, .error, "`\(label)` must be an absolute URL: \(problem)")]
    }
    let host = HostClass(url.host)
    if !host.isPublic {
      return [
        finding(
          job, location, .warning, "`\(label)` names a host that the provider cannot reach: \(host.reason)")
      ]
    }
    guard url.isSecure else {
      return [
        finding(job, location, .warning, "`\(label)` uses http: others on the network can read the results")
      ]
    }
    return []
  }

  /// A rule that the page does not state is a warning at most.
  private func finding(
    _ job: JobSubject, _ location: AssetLocation, _ severity: Severity, _ message: String
  ) -> Finding {
    var finding = job.finding(entry, .webhook, message)
    finding.severity = severity
    finding.actual = [job.label(.webhook): .text(location.displayText)]
    finding.fix =
      location.intended.map { "write \($0.displayText)" }
      ?? "write an https URL that the provider can reach, or remove \(job.label(.webhook))"
    return finding
  }
}

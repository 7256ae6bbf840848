import Locations

/// `webhook_url`: `string<uri>`.
struct WebhookURL: JobRule {
  let entry = RuleEntry(
    "webhook-url", .job,
    summary: "webhook_url is an absolute https URL on a public host.",
    source: .apiPage(
      "webhook_url string<uri> Optional callback URL that will receive asynchronous notifications whenever the task "
        + "changes status."),
    breaks: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "webhook_url": "hooks.example.net/wan"}"#),
    passes: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "webhook_url": "https://hooks.example.net/wan"}"#
    ))

  func findings(in job: JobSubject) -> [Finding] {
    guard let text = job.job.text("webhook_url") else { return [] }
    let location = AssetLocation(text)
    if location.isPlaceholder {
      return [
        finding(job, location, .warning, "webhook_url is the API page's own example: nobody of yours listens")
      ]
    }
    guard let url = location.url else {
      let problem = location.problems.first?.message ?? "it has no scheme and no host"
      return [finding(job, location, .error, "webhook_url is no absolute URL: \(problem)")]
    }
    let host = HostClass(url.host)
    if !host.isPublic {
      return [finding(job, location, .warning, "webhook_url: \(host.reason): the provider cannot reach it")]
    }
    guard url.isSecure else {
      return [
        finding(job, location, .warning, "webhook_url is not https: anybody on the way can read the results")
      ]
    }
    return []
  }

  /// What the page does not promise is a warning at most.
  private func finding(
    _ job: JobSubject, _ location: AssetLocation, _ severity: Severity, _ message: String
  ) -> Finding {
    var finding = job.finding(entry, field: "webhook_url", message)
    finding.severity = severity
    finding.actual = ["webhook_url": .text(location.displayText)]
    finding.fix =
      location.intended.map { "write \($0.displayText)" }
      ?? "write an https URL that the provider can reach, or remove webhook_url"
    return finding
  }
}

/// A job is an object of JSON or YAML, each key once.
struct JobSyntax: JobRule {
  let entry = RuleEntry(
    "job-syntax", .job,
    summary: "A job is one well-formed JSON or YAML object in UTF-8, with each key once.",
    source: .apiPage("Body application/json"),
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a.png",}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    let broken = job.job.problems.filter { $0.kind == .syntax }.map { problem in
      var finding = Finding(entry, problem.message, place: job.job.place(of: problem.position))
      finding.pointer = nil
      return finding
    }
    guard broken.isEmpty, let body = job.job.body else { return broken }
    guard case .object = body.content else {
      var finding = job.finding(entry, field: nil, "a job is an object, this is \(body.typeName)")
      finding.fix = "write the request body: {\"start_image_url\": \"https://…\"}"
      return [finding]
    }
    return []
  }
}

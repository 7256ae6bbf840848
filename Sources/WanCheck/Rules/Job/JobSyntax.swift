import JobDocuments

/// A job is an object of JSON or YAML, each key once.
struct JobSyntax: JobRule {
  let entry = RuleEntry(
    "job-syntax", .job,
    summary: "A job is one well-formed JSON or YAML object in UTF-8, with each key once.",
    breaks: .job(#"{"$start_image": "https://cdn.example.net/a.png",}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    // `JobLimit` reports those of kind `limit`. A kind that is added later must not pass.
    let broken = job.job.problems.filter { $0.kind != .limit }.map { finding($0, in: job) }
    guard broken.isEmpty else { return broken }
    guard let body = job.job.body else {
      return job.job.problems.isEmpty
        ? [Finding(entry, "missing request body", place: job.job.place(of: nil))] : []
    }
    guard case .object = body.content else {
      var finding = job.finding(
        entry, nil as Profile.Field?, "a job must be an object; found \(body.typeName)")
      finding.fix = .words("write the request body: {\"\(job.label(.startImage))\": \"https://…\"}")
      return [finding]
    }
    do throws(DocumentProblem) {
      _ = try body.jsonText()
      return []
    } catch {
      return [finding(error, in: job)]
    }
  }

  private func finding(_ problem: DocumentProblem, in job: JobSubject) -> Finding {
    Finding(entry, problem.message, place: job.job.place(of: problem.position))
  }
}

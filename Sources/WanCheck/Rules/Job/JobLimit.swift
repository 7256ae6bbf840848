import JobDocuments

/// A job text beyond the bounds on size and structure was not read to its end.
struct JobLimit: JobRule {
  let entry = ProbeLimit().entry

  func findings(in job: JobSubject) -> [Finding] {
    job.job.problems.filter { $0.kind == .limit }.map { problem in
      Finding(
        entry, "the job was not checked to its end: \(problem.message)",
        place: job.job.place(of: problem.position))
    }
  }
}

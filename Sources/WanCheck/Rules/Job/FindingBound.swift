/// The bound on the findings that one rule has in one job: what a file repeats without end is counted, not listed.
enum FindingBound {
  /// Findings of one rule in one job, before the one that counts the rest.
  static let most = 50

  /// A finding for each of the first `subjects`, and one that counts the rest and is at the first of them.
  static func findings<Subjects: Sequence>(
    _ subjects: Subjects, _ finding: (Subjects.Element) -> Finding?,
    rest: (_ count: Int, _ first: Subjects.Element) -> Finding
  ) -> [Finding] {
    var findings: [Finding] = []
    var firstOfRest: Subjects.Element?
    var count = 0
    for subject in subjects {
      if findings.count < most {
        if let finding = finding(subject) { findings.append(finding) }
      } else {
        count += 1
        firstOfRest = firstOfRest ?? subject
      }
    }
    guard let firstOfRest else { return findings }
    return findings + [rest(count, firstOfRest)]
  }
}

/// Limits the findings of one rule in one job. Further ones are counted, not listed.
enum FindingBound {
  /// The most findings of one rule in one job, without the one that counts the rest.
  static let most = 50

  /// A finding for each of the first `subjects`, and one for the rest with their number, at the place of the first of them.
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

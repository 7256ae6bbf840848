import MediaFacts

/// A probe that ended before it answered proved nothing.
struct ProbeCrashed: AssetRule {
  let entry = RuleEntry(
    "probe-crashed", .probing, .error, .unproved,
    summary: "The probe of an asset ends with an answer.",
    source: .practice("A file that makes a decoder crash was not proved valid, and may be hostile."),
    breaks: .asset("a file that makes a decoder crash, probed in a process of its own"),
    passes: .asset("any ordinary file"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let failure = asset.examination.probeFailure else { return [] }
    if failure.code == .unavailable {
      var finding = asset.finding(entry, "cannot probe the file: \(failure.message)")
      finding.fix = "give the machine more memory or fewer processes, or install wan-check again"
      return [finding]
    }
    guard failure.code == .crashed else { return [] }
    var finding = asset.finding(entry, "the probe ended before it answered: \(failure.message)")
    finding.fix =
      "export it again with ordinary settings; do not open it elsewhere if you do not trust its source"
    return [finding]
  }
}

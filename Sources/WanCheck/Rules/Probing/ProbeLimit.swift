import MediaFacts

/// A bound on time, memory or structure was reached, so the rest was not proved.
struct ProbeLimit: AssetRule {
  let entry = RuleEntry(
    "probe-limit", .probing, .error, .unproved,
    summary: "The asset can be examined within the bounds on time, memory and structure.",
    source: .practice("What was not examined was not proved; bounds keep hostile files from doing harm."),
    breaks: .asset("a PNG header of 50000x40000 px, an MP4 with 200 000 boxes"),
    passes: .asset("any ordinary file"))

  func findings(in asset: AssetSubject) -> [Finding] {
    if let failure = asset.examination.probeFailure, failure.code == .budgetExceeded {
      return [finding(in: asset, failure.message)]
    }
    guard let facts = asset.examination.facts else { return [] }
    var stopped = facts.defects.filter { $0.kind == .limit }
    // An image whose encoding is not decoded has a rule of its own.
    if facts.image == nil { stopped += facts.defects.filter { $0.kind == .undecodable } }
    return stopped.prefix(1).map { defect in
      var finding = finding(in: asset, defect.message)
      if let offset = defect.offset { finding.actual["offset"] = .integer(offset) }
      return finding
    }
  }

  private func finding(in asset: AssetSubject, _ bound: String) -> Finding {
    var finding = asset.finding(entry, "the file was not examined to its end: \(bound)")
    finding.fix = "export it again with ordinary settings"
    return finding
  }
}

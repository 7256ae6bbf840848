import MediaFacts

/// A rule about defects of media of one kind: `image-corrupt`, `audio-truncated` and similar.
struct DefectRule: AssetRule {
  /// A kind of defect that breaks the rule, and its fix.
  struct Case {
    var defect: Defect.Kind
    var fix: Fix
    var repair: Repair?
    /// Whether decoders ignore the defect, so that the finding is a warning.
    var isWarning = false
    /// Whether the case counts only if those before it found nothing.
    var isLastResort = false
  }

  let entry: RuleEntry
  let kind: MediaKind
  let cases: [Case]

  func findings(in asset: AssetSubject) -> [Finding] {
    cases.reduce(into: []) { findings, example in
      guard findings.isEmpty || !example.isLastResort else { return }
      if let finding = finding(of: example, in: asset) { findings.append(finding) }
    }
  }

  /// At most one finding, which names the first defect and counts the rest.
  private func finding(of example: Case, in asset: AssetSubject) -> Finding? {
    let defects = asset.defects(example.defect, in: kind)
    guard let first = defects.first else { return nil }
    let more = defects.count > 1 ? " (and \(defects.count - 1) more)" : ""
    var finding = asset.finding(entry, first.message + more)
    if example.isWarning { finding.severity = .warning }
    if let offset = first.offset { finding.actual["offset"] = .integer(offset) }
    if let bytes = first.bytes { finding.actual["bytes"] = .integer(bytes) }
    finding.actual["defects"] = .count(defects.count)
    finding.fix = example.fix
    finding.repair = example.repair
    return finding
  }
}

extension Defect.Kind {
  /// Whether decoders ignore the defect, so that everything else can still be proved.
  var isPassedOver: Bool { [.trailingData, .emptySamples, .irregular, .cutEnd].contains(self) }
}

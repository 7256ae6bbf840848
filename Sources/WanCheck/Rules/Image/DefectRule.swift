import MediaFacts

/// Turns the defects of one kind into at most one finding, which names the first and counts the rest.
struct DefectRule {
  var entry: RuleEntry
  var defect: Defect.Kind
  var kind: MediaKind

  func findings(in asset: AssetSubject, fix: Fix, repair: Repair? = nil) -> [Finding] {
    let defects = asset.defects(defect, in: kind)
    guard let first = defects.first else { return [] }
    let more = defects.count > 1 ? " (and \(defects.count - 1) more)" : ""
    var finding = asset.finding(entry, first.message + more)
    if let offset = first.offset { finding.actual["offset"] = .integer(offset) }
    if let bytes = first.bytes { finding.actual["bytes"] = .integer(bytes) }
    finding.actual["defects"] = .count(defects.count)
    finding.fix = fix
    finding.repair = repair
    return [finding]
  }
}

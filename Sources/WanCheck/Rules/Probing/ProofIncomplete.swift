import AssetOpening
import MediaFacts

/// The last check: an asset without findings is valid only if everything that its depth promises was examined, and
/// everything that has a limit was measured.
///
/// It reports a probe or an opener that stopped without a rule of its own, so that a gap in one of them cannot make an
/// asset valid.
struct ProofIncomplete {
  private let entry = ProbeLimit().entry

  /// A finding if `asset`, whose other findings are `findings`, was not proved valid.
  func findings(in asset: AssetSubject, after findings: [Finding]) -> [Finding] {
    guard Verdict(of: findings) == .valid, let gap = gap(in: asset) else { return [] }
    return [asset.finding(entry, "the file was not examined to its end: \(gap)")]
  }

  /// The first missing proof of `asset`, as a clause.
  private func gap(in asset: AssetSubject) -> String? {
    // New codes and kinds may be added that no rule handles yet.
    if let failure = asset.examination.failure { return failure.message }
    if let failure = asset.examination.probeFailure { return failure.message }
    guard let facts = asset.examination.facts, let kind = facts.format?.kind, asset.role?.kind == kind else {
      return "nothing was measured"
    }
    if let defect = facts.defects.first(where: { !$0.kind.isPassedOver }) { return defect.message }
    guard case .exactly = asset.examination.size else { return "the size is not known" }
    let missing = required(kind, facts, asset.depth).filter { !facts.evidence.contains($0) }
    guard missing.isEmpty else {
      let names = missing.map { $0.rawValue.replacing("_", with: " ") }
      return "\(names.joined(separator: ", ")) not proved"
    }
    return unmeasured(kind, facts, asset.depth)
  }

  /// The evidence that each depth requires for a kind of media.
  private func required(_ kind: MediaKind, _ facts: MediaFacts, _ depth: Depth) -> [Evidence] {
    var evidence: [Evidence] = [.header]
    if facts.endDeclared != false { evidence.append(.declaredEnd) }
    switch kind {
    case .image:
      if depth >= .full { evidence.append(.rows) }
      if depth >= .full, facts.format == .png { evidence.append(.checksums) }
    case .audio, .video:
      if kind == .video, facts.video?.fragmented != true { evidence.append(.sampleTables) }
      if depth >= .full { evidence += [.packets, .firstFrames] }
      if depth >= .decode { evidence.append(.frames) }
    }
    return evidence
  }

  /// A missing fact that has a limit; without it the limit was not checked.
  private func unmeasured(_ kind: MediaKind, _ facts: MediaFacts, _ depth: Depth) -> String? {
    let durations: Durations?
    switch kind {
    case .image:
      return facts.image == nil ? "its dimensions are not known" : nil
    case .audio:
      durations = facts.audio?.duration
    case .video:
      guard facts.video?.frameSize != nil else { return "its dimensions are not known" }
      durations = facts.video?.duration
    }
    guard let durations, !durations.known.isEmpty else { return "the duration is not known" }
    return depth >= .full && durations.counted == nil ? "the duration was not counted" : nil
  }
}

import MediaFacts

/// The last line of defence: an asset that nothing speaks against is valid only if everything that its depth promises
/// was really examined.
///
/// It fires where a probe stopped without saying why, so that a gap in a probe can never make an asset valid.
struct ProofIncomplete {
  private let entry = ProbeLimit().entry

  /// A finding if `asset`, of which `findings` is all that was found, was not proved valid.
  func findings(in asset: AssetSubject, after findings: [Finding]) -> [Finding] {
    guard Verdict(of: findings) == .valid else { return [] }
    guard let facts = asset.examination.facts, let kind = facts.format?.kind, asset.role?.kind == kind else {
      return [asset.finding(entry, "not examined: nothing was measured")]
    }
    let missing = required(kind, facts, asset.depth).filter { !facts.evidence.contains($0) }
    guard !missing.isEmpty else { return [] }
    let names = missing.map { $0.rawValue.replacing("_", with: " ") }
    return [asset.finding(entry, "not examined to its end: \(names.joined(separator: ", ")) not proved")]
  }

  /// What each depth promises of a kind of media.
  private func required(_ kind: MediaKind, _ facts: MediaFacts, _ depth: Depth) -> [Evidence] {
    var evidence: [Evidence] = [.header]
    if facts.endDeclared == true { evidence.append(.declaredEnd) }
    switch kind {
    case .image:
      if depth >= .full { evidence.append(.rows) }
      if depth >= .full, facts.format == .png { evidence.append(.checksums) }
    case .audio, .video:
      if kind == .video, facts.video?.fragmented == false { evidence.append(.sampleTables) }
      if depth >= .full { evidence += [.packets, .firstFrames] }
      if depth >= .decode { evidence.append(.frames) }
    }
    return evidence
  }
}

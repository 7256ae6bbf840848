import MediaFacts

/// The changes that a finding needs in a copy of its asset. The repairs of one asset become one command.
struct Repair: Sendable, Hashable {
  /// The changes, each of which may be needed once.
  struct Needs: OptionSet, Sendable, Hashable {
    let rawValue: Int

    /// A documented format.
    static let format = Needs(rawValue: 1 << 0)
    /// Sides and shape inside the limits.
    static let frame = Needs(rawValue: 1 << 1)
    /// No transparent pixels.
    static let alpha = Needs(rawValue: 1 << 2)
    /// RGB instead of CMYK.
    static let color = Needs(rawValue: 1 << 3)
    /// Pixels that are stored as they are displayed.
    static let upright = Needs(rawValue: 1 << 4)
    /// One frame.
    static let still = Needs(rawValue: 1 << 5)
    /// A codec that every server decodes.
    static let codec = Needs(rawValue: 1 << 6)
    /// Fewer bytes.
    static let bytes = Needs(rawValue: 1 << 7)
    /// A duration inside the limits.
    static let duration = Needs(rawValue: 1 << 8)
    /// Nothing after the end of the file.
    static let end = Needs(rawValue: 1 << 9)
    /// The same content in regular bytes.
    static let regular = Needs(rawValue: 1 << 10)
    /// Audio without gaps.
    static let gaps = Needs(rawValue: 1 << 11)
    /// A name that agrees with the content.
    static let name = Needs(rawValue: 1 << 12)
  }

  /// The changes.
  var needs: Needs
  /// The asset, if the finding is about the job.
  var role: Role?
  /// The aspect ratio that a frame is to have.
  var shape: Rational?
  /// The longest duration in seconds, if the job allows less than the limit.
  var longest: Rational?

  init(_ needs: Needs, role: Role? = nil, shape: Rational? = nil, longest: Rational? = nil) {
    (self.needs, self.role, self.shape, self.longest) = (needs, role, shape, longest)
  }

  /// Whether it needs nothing but what `others` name.
  func isOnly(_ others: Needs) -> Bool { needs.isSubset(of: others.union(.name)) }

  private func union(_ other: Repair) -> Repair {
    let longest = [longest, other.longest].compactMap(\.self).min()
    return Repair(needs.union(other.needs), role: role, shape: shape ?? other.shape, longest: longest)
  }

  /// Gives the findings that a command fixes the one command of their asset.
  static func planned(_ findings: [Finding], _ assets: [AssetSubject]) -> [Finding] {
    var findings = findings
    for asset in assets {
      let own = findings.indices.filter { index in
        findings[index].repair != nil && (findings[index].repair?.role ?? findings[index].role) == asset.role
      }
      guard let first = own.first.flatMap({ findings[$0].repair }) else { continue }
      let merged = own.compactMap { findings[$0].repair }.reduce(first) { $0.union($1) }
      guard let fix = asset.fix(merged) else { continue }
      for index in own { findings[index].fix = fix }
    }
    return findings.map { finding in
      var finding = finding
      // The fix of a job rule is a change of the job file.
      if finding.fix?.kind == .advice, RuleCatalogue.entry(finding.rule)?.group == .job {
        finding.fix?.kind = .edit
      }
      return finding
    }
  }
}

extension AssetSubject {
  /// The command that does all of `repair`; `nil` if no command can, or if the asset is damaged.
  func fix(_ repair: Repair) -> Fix? {
    guard let facts = examination.facts, let format = facts.format, let kind = role?.kind else { return nil }
    if format.kind == kind, let plain = plainCopy(repair, format) { return plain }
    return switch kind {
    case .image: imageFix(repair, facts, format)
    case .audio: audioFix(repair, facts, format)
    case .video: videoFix(repair, facts, format)
    }
  }

  /// Writes commands for this asset.
  var writer: RepairCommand.Writer {
    RepairCommand.Writer(asset: AssetPath(reference), imageMagick: configuration.imageMagick)
  }

  /// The most bytes that every reading of the limit on files of `kind` allows, with a margin for encoders.
  func safeBytes(_ kind: MediaKind) -> Int64? {
    limit(.size, kind).maximum.flatMap { most in Megabyte.allCases.map { $0.bytes(most) }.min() }
      .map { $0 / 20 * 19 }
  }

  /// The command that copies bytes unchanged, if that is enough.
  private func plainCopy(_ repair: Repair, _ format: MediaFormat) -> Fix? {
    guard let target = MediaTarget(format), writer.asset.isLocal || repair.needs != .name else { return nil }
    let isWhole = examination.facts?.defects.allSatisfy { $0.kind == .trailingData } ?? false
    // A cut of several joined files would keep only the first.
    guard isWhole, audio?.joined.isEmpty ?? true else { return nil }
    if repair.isOnly([]) { return .command(writer.copy(to: target.suffix), .lossless) }
    guard repair.isOnly(.end), let kind = format.kind,
      let end = defects(.trailingData, in: kind).first?.offset,
      end > 0
    else { return nil }
    return .command(writer.head(end, to: target.suffix), .lossless)
  }
}

import AssetOpening
import MediaFacts
import SystemPackage

/// Everything that rules can use about one asset.
struct AssetSubject: Sendable {
  /// What it is for; `nil` for a bare asset whose content is not media.
  var role: Role?
  /// Where it is.
  var reference: AssetReference
  /// The outcome of opening, reading and probing it.
  var examination: AssetExamination
  /// How the asset is checked, and by which limits and rules.
  var configuration: Preflight.Configuration
  /// When the check began, in seconds since 1970.
  var now: Double

  /// The limits that apply.
  var limits: Limits { configuration.limits }
  /// How deep the asset was read.
  var depth: Depth { configuration.depth }

  /// A finding about this asset, at its place.
  func finding(_ entry: RuleEntry, _ message: String) -> Finding {
    var finding = Finding(entry, message, place: reference.place)
    finding.role = role
    finding.pointer = reference.pointer
    return finding
  }

  /// The findings for the readings of a limit: none, one with the rule's severity, or a warning if the readings disagree.
  func judge(
    _ entry: RuleEntry, _ readings: [Reading], own: Int = .max, limit: Limit, actual: [String: Quantity],
    fix: Fix? = nil, repair: Repair? = nil,
    message: (_ disagreement: Bool) -> String
  ) -> [Finding] {
    let judgement = ReadingsJudgement(readings, own: own)
    guard judgement != .allInside else { return [] }
    var finding = finding(entry, message(judgement == .disagree))
    finding.severity = judgement == .disagree ? .warning : limit.source.severity
    finding.limit = limit.allowedValues
    finding.actual = actual
    finding.readings = readings
    finding.fix = fix
    finding.repair = repair
    return [finding]
  }

  /// The limit for media of a kind in the asset's role.
  func limit(_ measure: Limits.Measure, _ kind: MediaKind) -> Limit {
    limits.limit(measure, of: kind, in: role)
  }

  /// Facts of an image, if the asset is one and was measured.
  var image: ImageFacts? { examination.facts?.image }
  /// Facts of audio, if the asset is audio and was measured.
  var audio: AudioFacts? { examination.facts?.audio }
  /// Facts of a video, if the asset is one and was measured.
  var video: VideoFacts? { examination.facts?.video }

  /// Whether the content was identified, or read and not recognised. Content that was not read may be anything.
  var isIdentified: Bool { examination.facts?.format != nil || !wasStopped }

  /// Whether a bound stopped the probe. Its counts may then be too low, and parts may not have been seen.
  var wasStopped: Bool {
    guard examination.probeFailure == nil, let facts = examination.facts else { return true }
    return facts.defects.contains { $0.kind == .limit }
  }

  /// The defects of one kind, if the asset was measured as `kind` of media.
  func defects(_ defect: Defect.Kind, in kind: MediaKind) -> [Defect] {
    guard let facts = examination.facts, facts.format?.kind == kind, measured(facts) else { return [] }
    return facts.defects.filter { $0.kind == defect }
  }

  private func measured(_ facts: MediaFacts) -> Bool {
    role.map { $0.kind == facts.format?.kind } ?? true
  }
}

/// The outcome of opening, reading and probing an asset.
struct AssetExamination: Sendable {
  /// When it began, in seconds since 1970; `nil` if there was nothing to open.
  var examinedAt: Double?
  /// Why it could not be opened or read.
  var failure: AssetError?
  /// The size, as far as it is known.
  var size: ByteSize?
  /// SHA-256 of the bytes in lower-case hex; `nil` if they were not all read.
  var sha256: String?
  /// The measured facts.
  var facts: MediaFacts?
  /// Why the probe was impossible.
  var probeFailure: ProbeError?
  /// The delivery, if a server delivered it.
  var delivery: DeliveryFacts?
  /// The file that was read in place of the URL, if one was.
  var localCopy: FilePath?
}

/// The size of an asset in bytes.
public enum ByteSize: Sendable, Hashable {
  /// All bytes were counted, or the file system states the size.
  case exactly(Int64)
  /// Reading stopped early; there are at least this many bytes.
  case atLeast(Int64)

  /// The bytes that are known to be there.
  public var known: Int64 {
    switch self {
    case .exactly(let bytes), .atLeast(let bytes): bytes
    }
  }
}

import JobDocuments
public import MediaFacts
public import WanCheck

/// The locations that the tests' jobs name.
public enum Named {
  /// A start image.
  public static let start = "https://cdn.example.net/a.png"
  /// An end image.
  public static let end = "https://cdn.example.net/b.png"
  /// Audio.
  public static let audio = "https://cdn.example.net/s.mp3"
  /// A video.
  public static let video = "https://cdn.example.net/v.mp4"

  /// The location of a role.
  public static func url(_ role: Role) -> String {
    switch role {
    case .startImage: start
    case .endImage: end
    case .audio: audio
    case .video: video
    }
  }

  /// A clean asset at each of them.
  public static let clean: [String: FakeAsset] = [
    start: FakeAsset(.image()), end: FakeAsset(.image()), audio: FakeAsset(.audio()),
    video: FakeAsset(.video()),
  ]
}

/// Checks jobs and assets that exist in memory only.
public struct Checking: Sendable {
  /// The assets by their location.
  public var assets: [String: FakeAsset]
  /// How to check.
  public var configuration: Preflight.Configuration

  /// A check of clean assets, some of them replaced, at a time of 2026-11-23.
  public init(
    _ assets: [String: FakeAsset] = [:],
    _ configure: (inout Preflight.Configuration) -> Void = { _ in }
  ) {
    self.assets = Named.clean.merging(assets) { $1 }
    configuration = Preflight.Configuration(now: { 1_795_392_000 })
    configure(&configuration)
  }

  /// The preflight.
  public var preflight: Preflight {
    Preflight(prober: FakeProber(), configuration: configuration, opener: FakeOpener(assets))
  }

  /// The outcome of a job, given as the text of a job file that holds nothing else.
  public func outcome(
    _ text: String, format: JobDocumentFormat = .json, file: String? = "job.json"
  ) async throws -> JobOutcome {
    try await preflight.check(.reading(text, format: format, file: file))
  }

  /// The result of a job.
  public func job(_ text: String) async throws -> CheckResult { try await outcome(text).result }

  /// The result of a job with these assets, and nothing else in it.
  public func job(_ roles: [Role], _ further: String = "") async throws -> CheckResult {
    try await job(.body(roles, further))
  }

  /// The result of a bare asset.
  public func asset(_ location: String, role: Role? = nil) async throws -> CheckResult {
    try await preflight.check(AssetReference(location, role: role))
  }

  /// The result of one bare asset with these facts, in the role that suits its kind.
  public func facts(_ facts: MediaFacts, length: Int64? = 18211) async throws -> CheckResult {
    let location = Named.url(facts.format?.kind.map { Role(for: $0) } ?? .startImage)
    var check = self
    check.assets[location] = FakeAsset(facts, length: length)
    return try await check.asset(location)
  }
}

extension Job {
  /// The first job of a text.
  public static func reading(_ text: String, format: JobDocumentFormat = .json, file: String? = nil) -> Job {
    var rest = [Array(text.utf8)]
    var reader = JobDocumentReader(format: format) { () throws(Never) in rest.popLast() ?? [] }
    let record = reader.next() ?? JobRecord(index: 0, problem: DocumentProblem("nothing", at: .start))
    return Job(record, file: file)
  }
}

extension String {
  /// A request body with these assets, and further members.
  public static func body(_ roles: [Role], _ further: String = "") -> String {
    let members =
      roles.map { "\"\(Profile.freepik.label($0.meaning))\": \"\(Named.url($0))\"" }
      + (further.isEmpty ? [] : [further])
    return "{\(members.joined(separator: ", "))}"
  }
}

extension CheckResult {
  /// The findings of a rule.
  public func findings(_ rule: RuleID) -> [Finding] { findings.filter { $0.rule == rule } }

  /// The ids of the rules that were broken, in order, each once.
  public var rules: [String] {
    var seen: Set<RuleID> = []
    return findings.map(\.rule).filter { seen.insert($0).inserted }.map(\.rawValue)
  }
}

public import AssetOpening
import JobDocuments
import Locations
public import MediaFacts

/// Checks jobs and assets before they are sent: opens and probes each asset, and judges the facts.
///
/// A failed check is a value; `throw` means that checking was impossible because the task was cancelled.
///
/// ```swift
/// let preflight = Preflight(
///   prober: .inProcess, configuration: .init(depth: .full), opener: HTTPAssetOpener())
/// switch try await preflight.check(job) {
/// case .submittable(let validated, _): …
/// case .notSubmittable(let result): …  // result.verdict, result.findings
/// }
/// ```
public struct Preflight: Sendable {
  let prober: any Prober
  let opener: any AssetOpener
  let configuration: Configuration
  let memo: ExaminationMemo?

  /// A preflight that reads assets through `opener` and measures them with `prober`.
  ///
  /// `HTTPAssetOpener` reads files and fetches URLs; `LocalAssetOpener` stays offline. A preflight does not shut down the opener.
  ///
  /// With a `memo`, a URL that several jobs name is fetched and examined once for as long as the memo lives; without
  /// one, every check fetches it again.
  public init(
    prober: any Prober, configuration: Configuration = Configuration(),
    opener: any AssetOpener, memo: ExaminationMemo? = nil
  ) {
    self.prober = prober
    self.opener = opener
    self.configuration = configuration
    self.memo = memo
  }

  /// Checks one job with all its assets.
  public func check(_ job: Job) async throws(CancellationError) -> JobOutcome {
    let now = configuration.now()
    let job = job.read(by: configuration.limits.profile)
    let assets = try await examine(job.assetReferences, now)
    let subject = JobSubject(
      job: job,
      assets: Dictionary(uniqueKeysWithValues: assets.compactMap { asset in asset.role.map { ($0, asset) } }),
      limits: configuration.limits)
    let findings = suppressing(
      Repair.planned(
        weigh(RuleCatalogue.jobRules.flatMap { $0.findings(in: subject) } + assets.flatMap(Self.findings)),
        assets),
      assets, now: now)
    let verdict = Verdict(of: findings)
    let validated = validated(job, assets, now)
    var result = CheckResult(
      input: job.file ?? "job", record: job.index, kind: .job, id: job.id, mode: job.mode, verdict: verdict,
      submittable: false, notSubmittableBecause: reasons(verdict, assets, isProved: validated != nil),
      assets: assets.map { self.result(of: $0, findings) },
      findings: findings.sortedByPlace.withExcerpts(of: job.source))
    guard result.notSubmittableBecause.isEmpty, let validated else { return .notSubmittable(result) }
    result.submittable = true
    return .submittable(validated, result)
  }

  /// Checks one asset by itself. Its role follows from its content, unless the reference states it.
  public func check(_ reference: AssetReference) async throws(CancellationError) -> CheckResult {
    let now = configuration.now()
    let asset = try await examine(reference, now)
    let findings = suppressing(Repair.planned(weigh(Self.findings(asset)), [asset]), [asset], now: now)
    let verdict = Verdict(of: findings)
    return CheckResult(
      input: reference.location.displayText, record: reference.record, kind: .asset, id: reference.id,
      mode: nil, verdict: verdict,
      submittable: false, notSubmittableBecause: [.notAJob], assets: [result(of: asset, findings)],
      findings: findings)
  }

  private static func findings(_ asset: AssetSubject) -> [Finding] {
    let findings = RuleCatalogue.assetRules.flatMap { $0.findings(in: asset) }
    return findings + ProofIncomplete().findings(in: asset, after: findings)
  }

  /// Applies the policy; then, under `strict`, warnings become errors.
  private func weigh(_ findings: [Finding]) -> [Finding] {
    let findings = configuration.policy.weighed(findings)
    guard configuration.strict else { return findings }
    return findings.map { finding in
      var finding = finding
      if finding.severity == .warning { finding.severity = .error }
      return finding
    }
  }

  private func result(of asset: AssetSubject, _ findings: [Finding]) -> AssetResult {
    let own = findings.filter { $0.role == asset.role && ($0.pointer == asset.reference.pointer) }
    return AssetResult(
      role: asset.role, location: asset.reference.location.displayText,
      rawLocation: asset.reference.location.textWithQuery,
      locationID: asset.reference.location.identifier, verdict: Verdict(of: own),
      size: asset.examination.size,
      sha256: asset.examination.sha256, facts: asset.examination.facts, delivery: asset.examination.delivery,
      localCopy: asset.examination.localCopy.map { displayText($0) }, path: asset.reference.location.shownPath
    )
  }
}

extension [Finding] {
  /// Findings in the order of the file, those without a line last. Findings of one place keep their order.
  fileprivate var sortedByPlace: [Finding] {
    enumerated().sorted { left, right in
      let (a, b) = (left.element.place, right.element.place)
      return (a.line ?? .max, a.column ?? .max, left.offset) < (
        b.line ?? .max, b.column ?? .max, right.offset
      )
    }.map(\.element)
  }

  /// Adds the lines of `source` that the findings are about. Each line is made once.
  fileprivate func withExcerpts(of source: SourceText?) -> [Finding] {
    guard let source else { return self }
    var excerpts: [SourcePosition: SourceExcerpt?] = [:]
    return map { finding in
      guard let line = finding.place.line, let column = finding.place.column else { return finding }
      let position = SourcePosition(line: line, column: column)
      let excerpt = excerpts[position] ?? SourceExcerpt(of: source, at: position)
      excerpts[position] = .some(excerpt)
      var finding = finding
      finding.place.excerpt = excerpt
      return finding
    }
  }
}

import AssetOpening
import JobDocuments
import Locations
import MediaFacts

extension Preflight {
  /// Why a job with this verdict and these assets may not be sent; empty if it may.
  ///
  /// `isProved` is true if there is a `ValidatedJob`.
  func reasons(_ verdict: Verdict, _ assets: [AssetSubject], isProved: Bool) -> [NotSubmittableReason] {
    var reasons: [NotSubmittableReason] = []
    switch verdict {
    case .valid: break
    case .invalid: reasons.append(.invalid)
    case .inconclusive: reasons.append(.inconclusive)
    }
    if configuration.depth < .full { reasons.append(.depth) }
    if assets.contains(where: { !$0.wasFetchedFromItsURL }) { reasons.append(.localAsset) }
    if configuration.limits.profile !== Profile.freepik { reasons.append(.otherProfile) }
    if configuration.limits.areOverridden, !configuration.acceptOverrides { reasons.append(.overrides) }
    let isPrivate = assets.contains(where: \.isOnPrivateHost)
    if isPrivate, !(configuration.submitting && configuration.allowPrivateHosts) {
      reasons.append(.privateHosts)
    }
    // If there is no other reason, a digest is missing.
    if reasons.isEmpty, !isProved { reasons.append(.noDigest) }
    return reasons
  }

  /// The validated job; `nil` if any part of it is missing.
  func validated(_ job: Job, _ assets: [AssetSubject], _ now: Double) -> ValidatedJob? {
    guard job.profile === Profile.freepik, let mode = job.mode, let body = job.body,
      let text = try? body.jsonText()
    else { return nil }
    var proved: [ValidatedJob.Asset] = []
    for asset in assets {
      guard let role = asset.role, let url = asset.reference.location.url,
        let digest = asset.examination.sha256,
        case .exactly(let bytes) = asset.examination.size
      else { return nil }
      proved.append(
        ValidatedJob.Asset(
          role: role, url: url.text, sha256: digest, bytes: bytes, etag: asset.examination.delivery?.etag,
          checkedAt: asset.examination.examinedAt ?? now))
    }
    return ValidatedJob(body: text, job: job, mode: mode, assets: proved)
  }
}

extension AssetSubject {
  /// Whether the bytes, if there are any, came from the URL in the body.
  fileprivate var wasFetchedFromItsURL: Bool {
    let wasRead = examination.size != nil || examination.facts != nil
    return reference.location.url != nil && (examination.delivery != nil || !wasRead)
  }

  /// Whether the URL, or one that it redirects to, is on a host that is not public.
  fileprivate var isOnPrivateHost: Bool {
    [reference.location.url, examination.delivery?.finalURL].contains { url in
      url.map { !HostClass($0.host).isPublic } ?? false
    } || examination.delivery?.exception != nil
  }
}

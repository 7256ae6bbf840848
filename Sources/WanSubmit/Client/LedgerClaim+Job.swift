import AssetSource
import JobDocuments
import Locations
import WanCheck

extension LedgerClaim {
  /// The claim for a job; `nil` if its body has no canonical form.
  ///
  /// - Parameter spellings: texts of API bases in rows of earlier versions.
  init?(_ job: ValidatedJob, _ configuration: ProviderConfiguration, spellings: [String]) {
    guard
      let fingerprint = JobFingerprint(
        job, base: configuration.base, key: configuration.key, spellings: spellings)
    else { return nil }
    self.init(
      fingerprint: fingerprint.text, formerFingerprints: fingerprint.former,
      account: configuration.key.digest, apiBase: configuration.base.text,
      jobID: job.id, input: job.job.file ?? "job", index: job.job.index, mode: job.mode,
      orderedDuration: job.job.integer(.duration).flatMap { Int(exactly: $0) },
      orderedResolution: job.job.value(.resolution)?.string,
      assets: job.assets.map { asset in
        LedgerAsset(
          role: asset.role, sha256: asset.sha256, bytes: asset.bytes,
          locationID: AssetLocation(asset.url).identifier)
      })
  }
}

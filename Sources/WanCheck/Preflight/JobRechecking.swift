import AssetOpening
import Locations

/// Checks a job again before it is sent, if the check was some time ago. A submit client needs only this of the check.
public protocol JobRechecking: Sendable {
  /// The job as it is now.
  /// - Throws: `CancellationError` if the task was cancelled.
  func recheck(_ job: ValidatedJob) async throws(CancellationError) -> RecheckOutcome
}

/// The outcome of a second check of a job.
public enum RecheckOutcome: Sendable {
  /// Every server confirmed that its asset has not changed; the job as of now.
  case unchanged(ValidatedJob)
  /// An asset changed, or was not confirmed, so the job was checked again.
  case checkedAgain(JobOutcome)
}

extension Preflight: JobRechecking {
  /// Sends a conditional request for each asset, and checks the whole job again unless all of them are unchanged.
  public func recheck(_ job: ValidatedJob) async throws(CancellationError) -> RecheckOutcome {
    let now = configuration.now()
    let areUnchanged = await withTaskGroup(of: Bool.self) { group in
      for asset in job.assets {
        group.addTask {
          guard let etag = asset.etag else { return false }
          return await opener.isUnchanged(
            AssetLocation(asset.url), entityTag: etag, timeLimit: configuration.timeout)
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    if Task.isCancelled { throw CancellationError() }
    guard areUnchanged, !job.assets.isEmpty else {
      // The memo contains the old examinations, and their assets may have changed.
      return .checkedAgain(try await withoutMemo.check(job.job))
    }
    let assets = job.assets.map { asset in
      var asset = asset
      asset.checkedAt = now
      return asset
    }
    return .unchanged(ValidatedJob(body: job.body, job: job.job, mode: job.mode, assets: assets))
  }

  private var withoutMemo: Preflight {
    Preflight(prober: prober, configuration: configuration, opener: opener)
  }
}

import AssetOpening
import Locations

/// Looks again at a job that was checked some time ago, before it is sent: what a submit client needs of the check.
public protocol JobRechecking: Sendable {
  /// The job as it is now.
  /// - Throws: `CancellationError` if the task was cancelled.
  func recheck(_ job: ValidatedJob) async throws(CancellationError) -> RecheckOutcome
}

/// What a second look at a job comes to.
public enum RecheckOutcome: Sendable {
  /// Every server said that its asset is what was checked; the job as of now.
  case unchanged(ValidatedJob)
  /// Something changed, or could not be told, and the job was checked again.
  case checkedAgain(JobOutcome)
}

extension Preflight: JobRechecking {
  /// Asks for each asset with a conditional request, and checks the whole job again unless all of
  /// them are unchanged.
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
      // What a memo remembers is just what may have changed.
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

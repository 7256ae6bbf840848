import JobDocuments
import MediaFacts

/// A job that was proved valid: the only input of a submit client.
///
/// Only `Preflight` creates one. It cannot be decoded, and its parts cannot be changed.
public struct ValidatedJob: Sendable {
  /// One asset as it was when it was checked.
  public struct Asset: Sendable, Hashable {
    /// What it is for.
    public let role: Role
    /// The exact URL in the body.
    public let url: String
    /// SHA-256 of the bytes in lower-case hex.
    public let sha256: String
    /// How many bytes there were.
    public let bytes: Int64
    /// The server's entity tag, if it sent one.
    public let etag: String?
    /// When the bytes were read, in seconds since 1970.
    public internal(set) var checkedAt: Double
  }

  /// The body to send, as JSON: the values that were parsed, with nothing added.
  public let body: String
  /// The id of the job's envelope, if it has one.
  public let id: String?
  /// The mode that the assets select.
  public let mode: Mode
  /// The assets, each as it was when it was checked.
  public let assets: [Asset]
  /// The job that was checked, with the places of its fields.
  package let job: Job
  /// When the check ended, by a monotonic clock.
  package let provedAt: ContinuousClock.Instant

  init(body: String, job: Job, mode: Mode, assets: [Asset]) {
    self.body = body
    // A job that waits for the provider must not keep its whole document in memory.
    var job = job
    job.source = nil
    self.job = job
    self.id = job.id
    self.mode = mode
    self.assets = assets
    provedAt = .now
  }
}

/// The outcome of the check of one job.
public enum JobOutcome: Sendable {
  /// The job may be sent.
  case submittable(ValidatedJob, CheckResult)
  /// The job may not be sent; the result states why.
  case notSubmittable(CheckResult)

  /// The result in both cases.
  public var result: CheckResult {
    switch self {
    case .submittable(_, let result), .notSubmittable(let result): result
    }
  }
}

extension ValidatedJob {
  /// The length of the requested video in seconds: the value in the body, or else the documented default.
  public var orderedDuration: Int? {
    job.outputDuration.flatMap { Int(exactly: $0.numerator / max(1, $0.denominator)) }
  }

  /// The requested resolution: the value in the body, or else the documented default.
  public var orderedResolution: String? {
    job.text(.resolution) ?? job.profile[.resolution]?.defaultValue?.string
  }
}

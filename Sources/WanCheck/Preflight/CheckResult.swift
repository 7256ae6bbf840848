public import AssetOpening
public import MediaFacts
public import SystemPackage

/// The result for one input, a job or a bare asset: an element of a report's `results`.
public struct CheckResult: Sendable {
  /// What was judged.
  public enum Kind: String, Sendable, Hashable {
    /// A request body.
    case job
    /// A media file by itself.
    case asset
  }

  /// The input as it was named: a path, a URL for people, or the name of standard input.
  public var input: String
  /// The number of the input in its run, from 0; 0 unless the caller counts its inputs.
  public var index = 0
  /// The number of a job, or of a line that names an asset, in its file, from 0; 0 for a bare asset.
  public var record: Int
  /// What was judged.
  public var kind: Kind
  /// The id of the job's envelope, or of the line that names the asset, if it has one.
  public var id: String?
  /// The mode that the job's assets select, if they select one.
  public var mode: Mode?
  /// The verdict: the worst of its own findings and those of its assets.
  public var verdict: Verdict
  /// Whether a `ValidatedJob` exists.
  public var submittable: Bool
  /// Why there is none.
  public var notSubmittableBecause: [NotSubmittableReason]
  /// The assets that were examined, in the order of the API page.
  public var assets: [AssetResult]
  /// Every finding, in the order of the job's fields.
  public var findings: [Finding]

  /// The verdict for the exit code: that of the findings that are not suppressed.
  public var gatedVerdict: Verdict {
    let counted = findings.filter { !$0.suppressed }
    return counted.count == findings.count ? verdict : Verdict(of: counted)
  }
}

/// The result for one asset.
public struct AssetResult: Sendable {
  /// What it is for; `nil` for a bare asset whose content is not media.
  public var role: Role?
  /// Where it is, for people: queries and user info are redacted.
  public var location: String
  /// Where it is, with its query but without user info; for `--show-urls` only.
  public var rawLocation: String
  /// Twelve hex digits of the SHA-256 of the location, which distinguish redacted locations.
  public var locationID: String
  /// The verdict for this asset.
  public var verdict: Verdict
  /// The size, as far as it is known.
  public var size: ByteSize?
  /// SHA-256 of the bytes in lower-case hex; `nil` if they were not all read.
  public var sha256: String?
  /// The measured facts; `nil` if the probe failed.
  public var facts: MediaFacts?
  /// The delivery, if a server delivered it.
  public var delivery: DeliveryFacts?
  /// The path of the local file that was read in place of the URL, for display; `nil` if there was none.
  public var localCopy: String?
  /// The path of the asset itself; `nil` if its location is not a path, or is shown in a redacted form.
  public var path: FilePath?
}

/// Why a job has no `ValidatedJob`; new reasons may be added.
public struct NotSubmittableReason: RawRepresentable, Sendable, Hashable {
  /// The stable name in reports.
  public var rawValue: String

  /// A reason by its stable name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A bare asset is not a job.
  public static let notAJob = NotSubmittableReason(rawValue: "not-a-job")
  /// The verdict is invalid.
  public static let invalid = NotSubmittableReason(rawValue: "invalid")
  /// The verdict is inconclusive.
  public static let inconclusive = NotSubmittableReason(rawValue: "inconclusive")
  /// The depth was below `full`.
  public static let depth = NotSubmittableReason(rawValue: "depth-below-full")
  /// An asset was not fetched from the URL in the body, but is a path or a mapped copy.
  public static let localAsset = NotSubmittableReason(rawValue: "local-asset")
  /// Not every asset was read and digested completely.
  public static let noDigest = NotSubmittableReason(rawValue: "no-digest")
  /// The job was checked for another endpoint than that of the submit client.
  public static let otherProfile = NotSubmittableReason(rawValue: "other-profile")
  /// Limits are overridden and the caller did not accept that.
  public static let overrides = NotSubmittableReason(rawValue: "overridden-limits")
  /// Private hosts were allowed for the check but not for the submission.
  public static let privateHosts = NotSubmittableReason(rawValue: "private-hosts")
}

import WanCheck

/// A request for the right to send a job. It contains no secret and no URL of an asset.
struct LedgerClaim: Sendable, Hashable {
  /// The fingerprint of the job: 64 lower-case hex digits.
  var fingerprint: String
  /// The fingerprints that earlier versions may have given to the same job.
  var formerFingerprints: [String] = []
  /// The SHA-256 of the account's key in lower-case hex.
  var account: String
  /// The base URL of the API.
  var apiBase: String
  /// The job's own `id`, if it has one.
  var jobID: String?
  /// The input that the job came from, in the form of reports.
  var input: String
  /// The index of the job in that input, from 0.
  var index: Int
  /// How the job combines its assets.
  var mode: Mode
  /// The requested `duration`.
  var orderedDuration: Int?
  /// The requested `resolution`.
  var orderedResolution: String?
  /// The assets of the job.
  var assets: [LedgerAsset]
}

/// The ledger's decision on a claim.
enum ClaimDecision: Sendable, Hashable {
  /// Send the job; its row is already on disk.
  case send(Int64)
  /// The provider took the job before.
  case alreadySubmitted(LedgerRow)
  /// It is not known whether the provider took the job. A person must record the outcome first,
  /// whatever the options are.
  case unknown(LedgerRow)
  /// Another process is sending the job: wait, and claim again.
  case inFlight(LedgerRow)
  /// The job's id belongs to a job with other content.
  case conflict(LedgerRow)
}

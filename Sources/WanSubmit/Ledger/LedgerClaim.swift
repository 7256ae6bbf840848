import WanCheck

/// A job that somebody wants to send. Nothing in it is a secret, and nothing in it is a URL of an asset.
struct LedgerClaim: Sendable, Hashable {
  /// What tells the job from any other: 64 lower-case hex digits.
  var fingerprint: String
  /// What earlier versions may have called the same job.
  var formerFingerprints: [String] = []
  /// The SHA-256 of the account's key in lower-case hex.
  var account: String
  /// The base URL of the API.
  var apiBase: String
  /// The job's own `id`, if it has one.
  var jobID: String?
  /// Where the job came from, as reports show it.
  var input: String
  /// Its place in that input, from 0.
  var index: Int
  /// How it combines its assets.
  var mode: Mode
  /// The `duration` that is ordered.
  var orderedDuration: Int?
  /// The `resolution` that is ordered.
  var orderedResolution: String?
  /// Its assets.
  var assets: [LedgerAsset]
}

/// What the ledger answers to a claim.
enum ClaimDecision: Sendable, Hashable {
  /// Send it: the row says so already, on disk.
  case send(Int64)
  /// The provider took it before.
  case alreadySubmitted(LedgerRow)
  /// Nobody knows whether the provider took it; a person must say so first, whatever the flags.
  case unknown(LedgerRow)
  /// Somebody is sending it now: wait, and claim again.
  case inFlight(LedgerRow)
  /// The job's id belongs to a job of other content.
  case conflict(LedgerRow)
}

public import WanCheck

/// An asset of a job as the ledger keeps it: what it was, and never where.
public struct LedgerAsset: Sendable, Hashable {
  /// The name of its role, as `WanCheck.Role` has it.
  public var role: String
  /// The SHA-256 of its bytes in lower-case hex.
  public var sha256: String
  /// How many bytes it has.
  public var bytes: Int64
  /// The first 12 hex digits of its URL's SHA-256, as reports show it.
  public var locationID: String

  /// An asset.
  public init(role: Role, sha256: String, bytes: Int64, locationID: String) {
    self.init(role: role.rawValue, sha256: sha256, bytes: bytes, locationID: locationID)
  }

  init(role: String, sha256: String, bytes: Int64, locationID: String) {
    self.role = role
    self.sha256 = sha256
    self.bytes = bytes
    self.locationID = locationID
  }
}

/// One attempt to send a job, and what is known of it. Times are seconds since 1970.
public struct LedgerRow: Sendable, Hashable, Identifiable {
  /// The number of the row; never used again for another.
  public var id: Int64
  /// What tells the job from any other: 64 lower-case hex digits.
  public var fingerprint: String
  /// The SHA-256 of the account's key in lower-case hex.
  public var account: String
  /// The base URL of the API.
  public var apiBase: String
  /// The job's own `id`, if it has one.
  public var jobID: String?
  /// Where the job came from, as reports show it.
  public var input: String
  /// Its place in that input, from 0.
  public var index: Int
  /// The name of its mode, as `WanCheck.Mode` has it.
  public var mode: String
  /// The `duration` that was ordered, in seconds; `nil` if the body does not say.
  public var orderedDuration: Int?
  /// The `resolution` that was ordered; `nil` if the body does not say.
  public var orderedResolution: String?
  /// Its assets, in the order of the body.
  public var assets: [LedgerAsset]
  /// Whether it was to be sent although an earlier row was submitted.
  public var isForced: Bool
  /// What is known of it.
  public var state: SubmissionState
  /// When the request was about to leave.
  public var sentAt: Double
  /// When its outcome became known, or known to be unknown.
  public var settledAt: Double?
  /// The provider's name of the task.
  public var taskID: String?
  /// The status of the provider's answer, if that was no task.
  public var status: Int?
  /// Why it is in this state, for people.
  public var message: String?
  /// The provider's name of the request.
  public var requestID: String?
  /// What a person said of an unknown row: `task` or `not_sent`; `nil` if that was not needed.
  public var resolution: String?
  /// When they said so.
  public var resolvedAt: Double?
  /// The ledger object that was sending it.
  var owner: String

  /// The row of a request whose process has ended: its outcome will never be recorded.
  var abandoned: LedgerRow {
    var row = self
    row.state = .unknown
    row.message = Self.abandonedMessage
    return row
  }

  /// The row as it must be read: a request whose process has ended is unknown.
  func asRead(isAlive: (String) -> Bool) -> LedgerRow {
    state == .sending && !isAlive(owner) ? abandoned : self
  }

  static let abandonedMessage = "the process ended while the request was under way"
}

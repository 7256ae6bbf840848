public import WanCheck

/// An asset of a job in the ledger: its digest, size and role, without its location.
public struct LedgerAsset: Sendable, Hashable {
  /// The name of its role, as in `WanCheck.Role`.
  public var role: String
  /// The SHA-256 of its bytes in lower-case hex.
  public var sha256: String
  /// How many bytes it has.
  public var bytes: Int64
  /// The first 12 hex digits of its URL's SHA-256, as in reports.
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

/// One attempt to send a job, and its outcome. Times are seconds since 1970.
public struct LedgerRow: Sendable, Hashable, Identifiable {
  /// The number of the row, which is never used again.
  public var id: Int64
  /// The fingerprint of the job: 64 lower-case hex digits.
  public var fingerprint: String
  /// The SHA-256 of the account's key in lower-case hex.
  public var account: String
  /// The base URL of the API.
  public var apiBase: String
  /// The job's own `id`, if it has one.
  public var jobID: String?
  /// The input that the job came from, in the form of reports.
  public var input: String
  /// The index of the job in that input, from 0.
  public var index: Int
  /// The name of its mode, as in `WanCheck.Mode`.
  public var mode: String
  /// The requested `duration` in seconds; `nil` if the body has none.
  public var orderedDuration: Int?
  /// The requested `resolution`; `nil` if the body has none.
  public var orderedResolution: String?
  /// The assets of the job, in the order of the body.
  public var assets: [LedgerAsset]
  /// Whether the job was to be sent again although an earlier row was submitted.
  public var isForced: Bool
  /// The state of the attempt.
  public var state: SubmissionState
  /// When the request was about to leave.
  public var sentAt: Double
  /// When the outcome became known, or was found to be unknown.
  public var settledAt: Double?
  /// The provider's id of the task.
  public var taskID: String?
  /// The HTTP status of the provider's answer, if the answer was not a task.
  public var status: Int?
  /// Why the row is in this state, for people.
  public var message: String?
  /// The provider's id of the request.
  public var requestID: String?
  /// The resolution of an unknown row by a person: `task` or `not_sent`; `nil` if there is none.
  public var resolution: String?
  /// When a person recorded the resolution.
  public var resolvedAt: Double?
  /// The name of the ledger object that was sending the job.
  var owner: String

  /// The same row for a process that has ended: its outcome will never be recorded.
  var abandoned: LedgerRow {
    var row = self
    row.state = .unknown
    row.message = Self.abandonedMessage
    return row
  }

  /// The row in the form in which it must be read: a request whose process has ended is unknown.
  func asRead(isAlive: (String) -> Bool) -> LedgerRow {
    state == .sending && !isAlive(owner) ? abandoned : self
  }

  static let abandonedMessage = "the process ended while the request was under way"
}

import WanReport
package import WanSubmit

/// A row in JSON for scripts. Every key is always present; times are ISO 8601 in UTC.
package struct LedgerRowJSON: Encodable {
  private let row: LedgerRow

  /// A row.
  package init(_ row: LedgerRow) { self.row = row }

  /// The row as one line.
  package var line: String { JSONDocument.text(self) + "\n" }

  private enum CodingKeys: String, CodingKey {
    case row, state, input, index, mode, forced, status, message, resolution, fingerprint, account, assets
    case jobID = "job_id"
    case orderedDuration = "ordered_duration"
    case orderedResolution = "ordered_resolution"
    case sentAt = "sent_at"
    case settledAt = "settled_at"
    case taskID = "task_id"
    case requestID = "request_id"
    case resolvedAt = "resolved_at"
    case apiBase = "api_base"
  }

  /// Encodes every key.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(row.id, forKey: .row)
    try container.encode(row.state.rawValue, forKey: .state)
    try container.encode(row.jobID, forKey: .jobID)
    try container.encode(row.input, forKey: .input)
    try container.encode(row.index, forKey: .index)
    try container.encode(row.mode, forKey: .mode)
    try container.encode(row.orderedDuration, forKey: .orderedDuration)
    try container.encode(row.orderedResolution, forKey: .orderedResolution)
    try container.encode(row.isForced, forKey: .forced)
    try container.encode(LedgerTime.text(row.sentAt), forKey: .sentAt)
    try container.encode(row.settledAt.map(LedgerTime.text), forKey: .settledAt)
    try container.encode(row.taskID, forKey: .taskID)
    try container.encode(row.status, forKey: .status)
    try container.encode(row.message, forKey: .message)
    try container.encode(row.requestID, forKey: .requestID)
    try container.encode(row.resolution, forKey: .resolution)
    try container.encode(row.resolvedAt.map(LedgerTime.text), forKey: .resolvedAt)
    try container.encode(row.fingerprint, forKey: .fingerprint)
    try container.encode(row.account, forKey: .account)
    try container.encode(row.apiBase, forKey: .apiBase)
    try container.encode(row.assets.map(LedgerAssetJSON.init), forKey: .assets)
  }
}

private struct LedgerAssetJSON: Encodable {
  var role: String
  var sha256: String
  var bytes: Int64
  var locationID: String

  private enum CodingKeys: String, CodingKey {
    case role, sha256, bytes
    case locationID = "location_id"
  }

  init(_ asset: LedgerAsset) {
    role = asset.role
    sha256 = asset.sha256
    bytes = asset.bytes
    locationID = asset.locationID
  }
}

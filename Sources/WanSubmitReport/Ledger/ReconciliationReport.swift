import Locations
import WanReport
package import WanSubmit

/// The provider's tasks compared with the ledger's rows, for people and scripts.
package enum ReconciliationReport {
  /// Both lists with times, and the commands that resolve matching rows.
  ///
  /// - Parameter ledgerOption: `--ledger …` after a space, or an empty string.
  package static func text(_ reconciliation: Reconciliation, ledgerOption: String, width: Int, now: Double)
    -> String
  {
    var text = "\(reconciliation.matched) of the provider's tasks are in the ledger\n"
    func note(_ count: Int, _ words: String) {
      if count > 0 { text += "\(count) \(words)\n" }
    }
    note(reconciliation.unlisted, "submitted rows have tasks that the provider did not list")
    note(reconciliation.underWay, "rows are being sent now")
    note(reconciliation.unknownElsewhere, "unknown rows belong to other accounts or another API")
    text += "\nTasks that are in no row: \(reconciliation.strayTasks.isEmpty ? "none" : "")\n"
    for stray in reconciliation.strayTasks {
      let time = stray.createdAt.map { ", made \(LedgerTime.shortText($0))" } ?? ""
      text += "  \(displayText(stray.task.id))  \(displayText(stray.task.status.rawValue))\(time)\n"
    }
    text += "\nRows that are unknown: \(reconciliation.unknownRows.isEmpty ? "none" : "")\n"
    for row in reconciliation.unknownRows {
      let start = "  \(row.id)  sent \(LedgerTime.shortText(row.sentAt))  "
      text += start + TerminalColumns.shorten(LedgerTable.job(row), to: max(12, width - start.count)) + "\n"
    }
    guard !reconciliation.unknownRows.isEmpty else { return text }
    return text + """

      Nothing was changed. Resolve each unknown row:
        wan-check ledger resolve ROW --task TASK\(ledgerOption)
        wan-check ledger resolve ROW --not-sent\(ledgerOption)

      """
  }

  /// The same as one JSON object.
  package static func json(_ reconciliation: Reconciliation) -> String {
    JSONDocument.text(ReconciliationJSON(reconciliation), pretty: true) + "\n"
  }
}

private struct ReconciliationJSON: Encodable {
  var apiBase: String
  var strayTasks: [StrayTaskJSON]
  var unknownRows: [LedgerRowJSON]
  var matched: Int
  var unlisted: Int
  var underWay: Int
  var unknownElsewhere: Int

  private enum CodingKeys: String, CodingKey {
    case matched, unlisted
    case apiBase = "api_base"
    case strayTasks = "stray_tasks"
    case unknownRows = "unknown_rows"
    case underWay = "under_way"
    case unknownElsewhere = "unknown_elsewhere"
  }

  init(_ reconciliation: Reconciliation) {
    apiBase = reconciliation.apiBase
    strayTasks = reconciliation.strayTasks.map(StrayTaskJSON.init)
    unknownRows = reconciliation.unknownRows.map(LedgerRowJSON.init)
    matched = reconciliation.matched
    unlisted = reconciliation.unlisted
    underWay = reconciliation.underWay
    unknownElsewhere = reconciliation.unknownElsewhere
  }
}

private struct StrayTaskJSON: Encodable {
  var stray: Reconciliation.StrayTask

  private enum CodingKeys: String, CodingKey {
    case status
    case taskID = "task_id"
    case createdAt = "created_at"
  }

  init(_ stray: Reconciliation.StrayTask) { self.stray = stray }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stray.task.id, forKey: .taskID)
    try container.encode(stray.task.status, forKey: .status)
    try container.encode(stray.createdAt.map(LedgerTime.text), forKey: .createdAt)
  }
}

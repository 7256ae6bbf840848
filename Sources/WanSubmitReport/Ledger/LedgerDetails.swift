import Locations
import WanCheck
package import WanSubmit

/// All facts about one row of the ledger.
package enum LedgerDetails {
  /// One line for each fact, then advice if the outcome is unknown.
  ///
  /// - Parameter ledgerOption: `--ledger …` after a space, or an empty string.
  package static func text(_ row: LedgerRow, ledgerOption: String, now: Double) -> String {
    let lines = facts(of: row, now: now)
    let width = lines.map(\.name.count).max() ?? 0
    let text = lines.map { line in
      line.name + String(repeating: " ", count: width - line.name.count + 2) + line.value + "\n"
    }.joined()
    return text + advice(on: row, ledgerOption)
  }

  private static func facts(of row: LedgerRow, now: Double) -> [(name: String, value: String)] {
    func time(_ seconds: Double) -> String {
      "\(LedgerTime.shortText(seconds)) (\(LedgerTime.age(seconds, now: now)) ago)"
    }
    var facts: [(name: String, value: String)] = [
      ("row", String(row.id)), ("state", displayText(row.state.rawValue)),
    ]
    func add(_ name: String, _ value: String?) {
      if let value { facts.append((name, value)) }
    }
    add("task", row.taskID.map(displayText))
    add("message", row.message.map(displayText))
    add("status", row.status.map(String.init))
    add("request", row.requestID.map(displayText))
    add("sent", time(row.sentAt) + (row.isForced ? ", with --force" : ""))
    add("settled", row.settledAt.map(time))
    add(
      "resolved", row.resolution.map { "\(displayText($0))\(row.resolvedAt.map { ", \(time($0))" } ?? "")" })
    add("job", row.jobID.map(displayText))
    add("input", LedgerTable.input(row))
    add("mode", displayText(row.mode))
    add("duration", row.orderedDuration.map { "\($0) s" })
    add("resolution", row.orderedResolution.map(displayText))
    for asset in row.assets {
      add(
        displayText(asset.role),
        "\(asset.bytes) bytes, location \(displayText(asset.locationID)), sha256 \(displayText(asset.sha256))"
      )
    }
    add("fingerprint", displayText(row.fingerprint))
    add("account", displayText(row.account))
    add("api", displayText(row.apiBase))
    return facts
  }

  /// The option for the API base of a row, unless it is the default one.
  private static func base(of row: LedgerRow) -> String {
    guard row.apiBase != ProviderBase.freepik.text else { return "" }
    return " --api-base \(displayText(ShellWord.quoted(row.apiBase)))"
  }

  private static func advice(on row: LedgerRow, _ option: String) -> String {
    switch row.state {
    case .unknown:
      """

      It is unknown whether the provider accepted this job. The job is not sent again until you resolve this row.
      Compare with the provider's tasks:
        wan-check ledger reconcile\(base(of: row))\(option)
      If its task is there:
        wan-check ledger resolve \(row.id) --task TASK\(option)
      If it is not, and the job may be sent again:
        wan-check ledger resolve \(row.id) --not-sent\(option)

      """
    case .sending:
      "\nA process is sending it now.\n"
    case .submitted, .alreadySubmitted, .refused, .notSent, .unrecognized: ""
    }
  }
}

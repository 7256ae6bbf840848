import AssetSource
import Locations
import WanReport
package import WanSubmit

/// Rows as a table that fits into a terminal.
package enum LedgerTable {
  /// The width in columns if the output is not a terminal.
  package static let usualWidth = 80

  /// The rows with headings. The job column takes the remaining columns of `width`, and is shortened to fit.
  package static func text(_ rows: [LedgerRow], width: Int, now: Double) -> String {
    guard !rows.isEmpty else { return "no rows\n" }
    let lines =
      [["ROW", "STATE", "AGE", "TASK", "JOB"]]
      + rows.map { row in
        [
          String(row.id), displayText(row.state.rawValue), LedgerTime.age(row.sentAt, now: now),
          row.taskID.map(displayText) ?? "-", job(row),
        ]
      }
    let widths = (0..<4).map { column in
      lines.map { TerminalColumns.count($0[column]) }.max() ?? 0
    }
    let room = max(leastRoom, width - widths.reduce(0) { $0 + $1 + gap.count })
    return lines.map { cells in
      let start = zip(cells, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - TerminalColumns.count(cell.0))
        // Numbers are right-aligned.
        return column == 0 || column == 2 ? padding + cell.0 : cell.0 + padding
      }
      return (start + [TerminalColumns.shorten(cells[4], to: room)]).joined(separator: gap) + "\n"
    }.joined()
  }

  /// The name of the job for people: its id or, without one, its input.
  static func job(_ row: LedgerRow) -> String {
    row.jobID.map(displayText) ?? input(row)
  }

  /// The input of the job, in the form of reports.
  static func input(_ row: LedgerRow) -> String {
    displayText(row.input) + (row.index > 0 ? "[\(row.index)]" : "")
  }

  private static let gap = "  "
  private static let leastRoom = 12
}

import Foundation
import JobDocuments

/// The provider's tasks beside the ledger's rows: what may belong together. It changes nothing; a person decides.
public struct Reconciliation: Sendable, Hashable {
  /// A task that no row knows.
  public struct StrayTask: Sendable, Hashable {
    /// The task.
    public var task: WanTask
    /// When the provider says that it was made, in seconds since 1970; `nil` if it does not say.
    public var createdAt: Double?
  }

  /// The base URL of the API that was asked.
  public var apiBase: String
  /// The tasks that no row knows, oldest first; those without a time come last.
  public var strayTasks: [StrayTask]
  /// The rows of this API and account that are unknown, oldest first.
  public var unknownRows: [LedgerRow]
  /// How many tasks a row knows.
  public var matched: Int
  /// How many submitted rows name a task that was not listed; the provider need not list old ones.
  public var unlisted: Int
  /// How many rows are being sent now: their tasks may be among those that no row knows.
  public var underWay: Int
  /// How many unknown rows belong to other accounts or another API.
  public var unknownElsewhere: Int

  /// Compares what the provider lists with what the ledger holds.
  ///
  /// - Parameters:
  ///   - tasks: The provider's tasks of the account.
  ///   - rows: Every row of the ledger.
  ///   - apiBase: The base URL of the API that listed the tasks.
  ///   - account: The SHA-256 of the account's key in lower-case hex.
  public init(tasks: [WanTask], rows: [LedgerRow], apiBase: String, account: String) {
    let here = rows.filter { $0.apiBase == apiBase }
    // The key of an account may have been another one when the row was written.
    let known = Set(here.compactMap(\.taskID))
    let listed = Set(tasks.map(\.id))
    var seen: Set<String> = []
    self.apiBase = apiBase
    strayTasks = tasks.filter { !known.contains($0.id) && seen.insert($0.id).inserted }
      .map { StrayTask(task: $0, createdAt: Self.creation(of: $0)) }
      .sorted { ($0.createdAt ?? .infinity, $0.task.id) < ($1.createdAt ?? .infinity, $1.task.id) }
    unknownRows = here.filter { $0.state == .unknown && $0.account == account }
      .sorted { ($0.sentAt, $0.id) < ($1.sentAt, $1.id) }
    matched = listed.intersection(known).count
    unlisted = here.count { row in
      row.state == .submitted && row.account == account && !(row.taskID.map(listed.contains) ?? false)
    }
    underWay = here.count { $0.state == .sending }
    unknownElsewhere = rows.count { $0.state == .unknown } - unknownRows.count
  }

  /// When a task says that it was made: seconds or milliseconds since 1970, or a date as ISO 8601 has it. The API page names
  /// no such field; these are the names that it would have.
  static func creation(of task: WanTask) -> Double? {
    for name in ["created_at", "createdAt", "created", "create_time"] {
      switch task.otherFields[name]?.content {
      case .number(let number): return seconds(number.doubleValue)
      case .string(let text): if let time = seconds(text) { return time }
      default: break
      }
    }
    return nil
  }

  /// Numbers as large as this count milliseconds: as seconds they would be the year 5138.
  private static let leastMilliseconds = 1e11

  private static func seconds(_ number: Double) -> Double {
    number >= leastMilliseconds ? number / 1000 : number
  }

  private static func seconds(_ text: String) -> Double? {
    let styles = [false, true].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first?.timeIntervalSince1970
  }
}

import Foundation
import JobDocuments

/// A comparison of the provider's tasks with the ledger's rows. It changes nothing; a person
/// decides what belongs together.
public struct Reconciliation: Sendable, Hashable {
  /// A task that is in no row.
  public struct StrayTask: Sendable, Hashable {
    /// The task.
    public var task: WanTask
    /// When the provider made the task, in seconds since 1970; `nil` if it does not say.
    public var createdAt: Double?
  }

  /// The base URL of the API that listed the tasks.
  public var apiBase: String
  /// The tasks that are in no row, oldest first; those without a time come last.
  public var strayTasks: [StrayTask]
  /// The rows of this API and account that are unknown, oldest first.
  public var unknownRows: [LedgerRow]
  /// The number of tasks that are in a row.
  public var matched: Int
  /// The number of submitted rows whose task was not listed; the provider may not list old tasks.
  public var unlisted: Int
  /// The number of rows that are being sent now; their tasks may be among the stray ones.
  public var underWay: Int
  /// The number of unknown rows of other accounts or another API.
  public var unknownElsewhere: Int

  /// Compares the provider's tasks with the ledger's rows.
  ///
  /// - Parameters:
  ///   - tasks: The provider's tasks of the account.
  ///   - rows: Every row of the ledger.
  ///   - apiBase: The base URL of the API that listed the tasks.
  ///   - account: The SHA-256 of the account's key in lower-case hex.
  public init(tasks: [WanTask], rows: [LedgerRow], apiBase: String, account: String) {
    let here = rows.filter { $0.apiBase == apiBase }
    // The account may have had another key when the row was written.
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

  /// When a task was made: seconds or milliseconds since 1970, or an ISO 8601 date. The API page documents no
  /// such field; these are likely names.
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

  /// Numbers from here on are milliseconds: as seconds, they would be the year 5138 or later.
  private static let leastMilliseconds = 1e11

  private static func seconds(_ number: Double) -> Double {
    number >= leastMilliseconds ? number / 1000 : number
  }

  private static func seconds(_ text: String) -> Double? {
    let styles = [false, true].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first?.timeIntervalSince1970
  }
}

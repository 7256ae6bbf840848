/// The tasks that there are, and how far each is.
struct TaskBook {
  /// What is known of one task.
  private struct Entry {
    /// How often the task was requested.
    var polls = 0
    /// The answer that a test has set.
    var byHand: (status: String, generated: [String])?
  }

  /// How many times a task is said to be under way.
  let pollsUntilDone: Int
  private var entries: [String: Entry] = [:]
  /// The tasks in the order in which they were made.
  private(set) var ids: [String] = []

  init(pollsUntilDone: Int) { self.pollsUntilDone = pollsUntilDone }

  /// A new task.
  mutating func make(_ id: String) {
    entries[id] = Entry()
    ids.append(id)
  }

  /// Sets the answer about a task, which is created if it does not exist.
  mutating func set(_ id: String, status: String, generated: [String]) {
    if entries[id] == nil { make(id) }
    entries[id]?.byHand = (status, generated)
  }

  /// Counts a request for a task.
  mutating func poll(_ id: String) { entries[id]?.polls += 1 }

  /// How far a task is; `nil` if there is none of that name.
  func status(of id: String) -> String? {
    guard let entry = entries[id] else { return nil }
    if let byHand = entry.byHand { return byHand.status }
    return entry.polls >= pollsUntilDone ? "COMPLETED" : entry.polls == 0 ? "CREATED" : "IN_PROGRESS"
  }

  /// What a task has made, where that was fixed by hand.
  func generatedByHand(of id: String) -> [String]? { entries[id]?.byHand?.generated }
}

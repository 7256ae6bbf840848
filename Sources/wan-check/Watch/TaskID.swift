import Locations
import WanSubmit

/// The provider's names of tasks, as a command line gives them.
enum TaskID {
  /// What is wrong with `text` as a task's name, as a clause for people; `nil` if nothing is.
  static func problem(_ text: String) -> String? {
    guard !WanClient.isTaskID(text) else { return nil }
    return text.isEmpty
      ? "a task has an empty name"
      : "\"\(displayText(String(text.prefix(64))))…\" is longer than \(WanClient.longestTaskID) bytes"
  }
}

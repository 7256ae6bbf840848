import AssetSource
import WanSubmit

/// The provider's names of tasks, as a command line gives them.
enum TaskID {
  private static let longest = 256

  /// What is wrong with `text` as a task's name, as a clause for people; `nil` if nothing is.
  ///
  /// The name becomes a part of a URL's path, so what could lead elsewhere is refused.
  static func problem(_ text: String) -> String? {
    let shown = "\"\(displayText(String(text.prefix(64))))\(text.count > 64 ? "…" : "")\""
    guard (1...longest).contains(text.utf8.count) else {
      return text.isEmpty ? "a task has an empty name" : "\(shown) is longer than \(longest) characters"
    }
    guard WanClient.isTaskID(text) else {
      return "\(shown) is no task; give the task_id that the provider answered"
    }
    return nil
  }
}

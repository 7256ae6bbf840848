import Locations
import WanSubmit

/// Tells a person who waits how far a task is.
enum TaskProgress {
  /// A line on standard error, unless the report is about to say it.
  static func tell(_ task: WanTask) {
    guard !task.status.isFinal else { return }
    StandardStream.error.writeLine("\(displayText(task.id)): \(displayText(task.status.rawValue))")
  }
}

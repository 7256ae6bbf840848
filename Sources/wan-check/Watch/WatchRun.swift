import AssetSource
import Locations
import WanSubmit
import WanSubmitReport

/// Follows tasks at the same time, and reports them in their order, each as soon as it and
/// those before it have ended.
struct WatchRun {
  private let follower: TaskFollower
  private var reporter: TaskReporter
  private let output: StandardStream
  private let origin: @Sendable (String) async -> TaskOrigin
  private let onUpdate: @Sendable (WanTask) -> Void
  private var summary = TaskSummary()
  private var statuses: Set<ExitStatus> = []

  /// The number of tasks that are followed at a time.
  private static let concurrency = 16

  /// A run that writes to `output`; `origin` returns the known facts about the job of a task.
  init(
    _ follower: TaskFollower, reporter: TaskReporter, output: StandardStream,
    origin: @escaping @Sendable (String) async -> TaskOrigin = { _ in TaskOrigin() },
    onUpdate: @escaping @Sendable (WanTask) -> Void = { _ in }
  ) {
    self.follower = follower
    self.reporter = reporter
    self.output = output
    self.origin = origin
    self.onUpdate = onUpdate
  }

  /// Follows all tasks, for at most `patience` in total, and returns the exit status.
  ///
  /// If the time is up before a task's turn, its status is requested once.
  mutating func watch(_ tasks: [String], patience: Duration) async -> ExitStatus {
    do {
      try output.write(reporter.begin())
      try await watchAll(tasks, patience)
      try output.write(reporter.end(summary))
    } catch let failure as OutputFailure {
      if !failure.isClosedPipe { statuses.insert(failure.exitStatus) }
    } catch {
      return .interrupted
    }
    return ExitStatus.first(of: statuses)
  }

  private mutating func watchAll(_ tasks: [String], _ patience: Duration) async throws {
    let (follower, origin, onUpdate) = (follower, origin, onUpdate)
    let deadline = follower.pacing.now() + patience
    try await withThrowingTaskGroup(of: (Int, TaskReport).self) { group in
      var ended: [Int: TaskReport] = [:]
      var started = 0
      var reported = 0
      while reported < tasks.count {
        while started < tasks.count, started - reported - ended.count < Self.concurrency {
          let (index, task) = (started, tasks[started])
          started += 1
          group.addTask {
            let left = deadline - follower.pacing.now()
            return (
              index,
              try await follower.follow(task, of: await origin(task), patience: left, onUpdate: onUpdate)
            )
          }
        }
        guard let (index, report) = try await group.next() else { break }
        ended[index] = report
        while let report = ended.removeValue(forKey: reported) {
          reported += 1
          summary.count(report)
          statuses.insert(report.exitStatus)
          try output.write(reporter.task(report))
        }
      }
    }
  }
}

extension TaskReport {
  /// The exit status of a run with only this task.
  var exitStatus: ExitStatus {
    switch outcome {
    case .good: .valid
    case .open: .unfinished
    case .bad: .refused
    }
  }
}

/// Prints the progress of a task.
enum TaskProgress {
  /// Prints a line on standard error, unless the status is final and the report will show it.
  static func tell(_ task: WanTask) {
    guard !task.status.isFinal else { return }
    StandardStream.error.writeLine("\(displayText(task.id)): \(displayText(task.status.rawValue))")
  }
}

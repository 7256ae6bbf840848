import Synchronization

@testable import WanSubmit

/// Answers in a fixed order, the last one again and again, and a clock that only waiting moves.
final class Scripted: TaskLookup {
  private struct State {
    var asked: [Duration] = []
    var now = Duration.zero
  }

  private let answers: [Result<WanTask, ClientError>]
  private let state = Mutex(State())
  /// How long each question takes.
  private let latency: Duration

  init(_ answers: [Result<WanTask, ClientError>], latency: Duration = .zero) {
    self.answers = answers
    self.latency = latency
  }

  func task(id: String) async throws(ClientError) -> WanTask {
    let count = state.withLock { state in
      state.asked.append(state.now)
      state.now += latency
      return state.asked.count
    }
    var task = try answers[min(count, answers.count) - 1].get()
    task.id = id
    return task
  }

  /// When it was asked.
  var asked: [Duration] { state.withLock { $0.asked } }

  /// Its clock, with jitter that shortens nothing.
  var pacing: Pacing {
    Pacing {
      self.state.withLock { $0.now }
    } sleep: { pause in
      try Task.checkCancellation()
      self.state.withLock { $0.now += pause }
    } jitter: {
      1
    }
  }

  /// The updates of a task that these answers are about.
  func updates(_ patience: Duration = .seconds(900)) -> TaskUpdates {
    var options = FollowingOptions()
    options.patience = patience
    return TaskUpdates(of: "task-1", from: self, options, pacing: pacing)
  }
}

extension Result where Success == WanTask, Failure == ClientError {
  static func status(_ status: String, _ generated: [String] = []) -> Self {
    .success(WanTask(id: "", status: TaskStatus(rawValue: status), generated: generated))
  }

  static let created = status("CREATED")
  static let inProgress = status("IN_PROGRESS")
  static let completed = status("COMPLETED", ["https://cdn.example.net/1.mp4"])
  static let unreachable = Self.failure(ClientError(.unreachable, message: "no connection"))

  static func answer(_ code: ClientError.Code, _ status: Int, retryAfter: Duration? = nil) -> Self {
    .failure(
      ClientError(
        code, message: "the provider answered \(status)",
        error: ProviderError(
          status: status, message: "words", rateLimit: RateLimit(retryAfter: retryAfter))))
  }
}

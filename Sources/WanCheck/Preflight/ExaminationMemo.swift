import AssetOpening
import MediaFacts
import Synchronization

/// Stores the outcomes of examinations of remote assets, so that a URL that many jobs name is fetched once.
///
/// A caller that needs an asset whose examination is running waits for it. The examination is cancelled when no caller
/// waits for it any more. Facts and failures stay as they were first seen, so use a memo for one run only. Share it only
/// among preflights with the same prober and opener.
public final class ExaminationMemo: Sendable {
  /// The inputs that determine an examination.
  struct Key: Sendable, Hashable {
    let url: String
    let probe: ProbeRequest
    let open: OpenRequest
  }

  private typealias Answer = Result<AssetExamination, CancellationError>

  private struct Kept {
    let examination: AssetExamination
    var lastUse: UInt64
  }

  /// A running examination.
  private struct Run {
    /// Receives the answer; `nil`: the caller awaits the task itself.
    typealias Listener = CheckedContinuation<Answer?, Never>

    let number: UInt64
    let task: Task<Answer, Never>
    /// The waiting callers. A listener is missing until its caller has suspended.
    var askers: [UInt64: Listener?] = [:]
  }

  /// A caller's entry in a run.
  private struct Ticket {
    let key: Key
    let run: UInt64
    let asker: UInt64
    let task: Task<Answer, Never>
  }

  /// The state of a caller when it is about to suspend.
  private enum Place {
    case asleep
    case left
    case over
  }

  private enum Joining {
    case kept(AssetExamination)
    case waiting(Ticket)
  }

  private struct State {
    var kept: [Key: Kept] = [:]
    var runs: [Key: Run] = [:]
    private var ticks: UInt64 = 0

    /// A number that was not given before; later ones are larger.
    mutating func tick() -> UInt64 {
      ticks += 1
      return ticks
    }
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// A memo of up to `capacity` examinations; beyond that, the least recently used ones are dropped.
  public init(capacity: Int = 4096) {
    self.capacity = max(1, capacity)
  }

  /// The examination of `key`: the stored one, the running one, or the result of `examine`.
  /// - Throws: `CancellationError` if the caller or the examination was cancelled.
  func examination(
    _ key: Key, _ examine: @escaping @Sendable () async throws(CancellationError) -> AssetExamination
  ) async throws(CancellationError) -> AssetExamination {
    if Task.isCancelled { throw CancellationError() }
    switch join(key, examine) {
    case .kept(let examination):
      return examination
    case .waiting(let ticket):
      let told = await withTaskCancellationHandler {
        await withCheckedContinuation { listen(ticket, $0) }
      } onCancel: {
        leave(ticket)
      }
      // The last caller waits until the run ends, so that no run outlives its callers.
      guard let told else { return try await ticket.task.value.get() }
      return try told.get()
    }
  }

  private func join(
    _ key: Key, _ examine: @escaping @Sendable () async throws(CancellationError) -> AssetExamination
  ) -> Joining {
    state.withLock { state in
      let now = state.tick()
      if let kept = state.kept[key] {
        state.kept[key]?.lastUse = now
        return .kept(kept.examination)
      }
      var run = state.runs[key] ?? start(key, number: now, examine)
      run.askers[now] = .some(nil)
      state.runs[key] = run
      return .waiting(Ticket(key: key, run: run.number, asker: now, task: run.task))
    }
  }

  private func start(
    _ key: Key, number: UInt64,
    _ examine: @escaping @Sendable () async throws(CancellationError) -> AssetExamination
  ) -> Run {
    // A separate task, so that the cancellation of the first caller does not cancel it.
    let task = Task { () -> Answer in
      let answer: Answer
      do throws(CancellationError) {
        answer = .success(try await examine())
      } catch {
        answer = .failure(error)
      }
      self.finish(key, number, answer)
      return answer
    }
    return Run(number: number, task: task)
  }

  private func finish(_ key: Key, _ number: UInt64, _ answer: Answer) {
    let listeners = state.withLock { state -> [Run.Listener] in
      // A run without callers was already replaced by another.
      guard let run = state.runs[key], run.number == number else { return [] }
      state.runs[key] = nil
      if case .success(let examination) = answer {
        state.kept[key] = Kept(examination: examination, lastUse: state.tick())
        forgetOldest(&state.kept)
      }
      return run.askers.values.compactMap(\.self)
    }
    for listener in listeners { listener.resume(returning: answer) }
  }

  /// Searches all of them; the fetch before it takes much longer.
  private func forgetOldest(_ kept: inout [Key: Kept]) {
    guard kept.count > capacity, let oldest = kept.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
      return
    }
    kept[oldest.key] = nil
  }

  private func listen(_ ticket: Ticket, _ listener: Run.Listener) {
    let place = state.withLock { state -> Place in
      guard let run = state.runs[ticket.key], run.number == ticket.run else { return .over }
      // A caller that was cancelled before it suspended has already left.
      guard run.askers[ticket.asker] != nil else { return .left }
      state.runs[ticket.key]?.askers[ticket.asker] = listener
      return .asleep
    }
    switch place {
    case .asleep: break
    case .left: listener.resume(returning: .failure(CancellationError()))
    case .over: listener.resume(returning: nil)
    }
  }

  private func leave(_ ticket: Ticket) {
    let (listener, isLast) = state.withLock { state -> (Run.Listener?, Bool) in
      guard let run = state.runs[ticket.key], run.number == ticket.run else { return (nil, false) }
      let listener = state.runs[ticket.key]?.askers.removeValue(forKey: ticket.asker) ?? nil
      let isLast = state.runs[ticket.key]?.askers.isEmpty ?? false
      if isLast { state.runs[ticket.key] = nil }
      return (listener, isLast)
    }
    if isLast { ticket.task.cancel() }
    listener?.resume(returning: isLast ? nil : .failure(CancellationError()))
  }
}

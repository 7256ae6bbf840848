import Dispatch
import MediaFacts
import ProbeChannel
import Synchronization
import SystemPackage

/// The workers of one program: those that wait for a job, and those that have one.
final class WorkerPool: Sendable {
  private struct State {
    var idle: [WorkerProcess] = []
    var busy: [ObjectIdentifier: WorkerProcess] = [:]
    var confinement: Set<ConfinementMechanism>?
    var isClosed = false
  }

  let configuration: WorkerConfiguration
  private let program: FilePath
  private let state = Mutex(State())

  init(program: FilePath, _ configuration: WorkerConfiguration) {
    self.program = program
    self.configuration = configuration
  }

  /// What confines every worker so far.
  var confinement: Set<ConfinementMechanism>? { state.withLock { $0.confinement } }

  /// Whether it was closed, and so every worker ended.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// A worker that has nothing to do; started if there is none.
  func checkOut() throws(ProbeError) -> WorkerProcess {
    while let worker = try idleWorker() {
      // One that ended while it waited, perhaps by the system's choice, is no fault of the next asset.
      if !worker.hasEnded { return worker }
      discard(worker)
    }
    let worker = try WorkerProcess.start(program, configuration)
    let isClosed = state.withLock { state in
      state.busy[ObjectIdentifier(worker)] = worker
      state.confinement = state.confinement?.intersection(worker.confinement) ?? worker.confinement
      return state.isClosed
    }
    guard !isClosed else {
      discard(worker)
      throw Self.closed
    }
    return worker
  }

  /// Takes back a worker that answered.
  func checkIn(_ worker: WorkerProcess) {
    let isWanted = state.withLock { state in
      state.busy[ObjectIdentifier(worker)] = nil
      let isWanted = !state.isClosed && worker.jobs < configuration.jobsPerWorker
      if isWanted { state.idle.append(worker) }
      return isWanted
    }
    if !isWanted { worker.end() }
  }

  /// Ends a worker for good, and says how it had ended.
  @discardableResult
  func discard(_ worker: WorkerProcess) -> WorkerEnd {
    state.withLock { $0.busy[ObjectIdentifier(worker)] = nil }
    return worker.end()
  }

  /// Ends every worker, those at work too.
  func close() {
    let (idle, busy) = state.withLock { state in
      defer { state.idle = [] }
      state.isClosed = true
      return (state.idle, Array(state.busy.values))
    }
    for worker in busy { worker.kill() }
    for worker in idle { worker.end() }
  }

  private func idleWorker() throws(ProbeError) -> WorkerProcess? {
    let (worker, isClosed) = state.withLock { state in
      let worker = state.idle.popLast()
      if let worker { state.busy[ObjectIdentifier(worker)] = worker }
      return (worker, state.isClosed)
    }
    if isClosed { throw Self.closed }
    return worker
  }

  private static let closed = ProbeError(.cancelled, message: "the workers were shut down")
}

/// The turn to hold a whole image, which one worker of this process has at a time, so that the memory of many does not
/// add up.
struct WholeImageTurn: ~Copyable {
  private static let turn = DispatchSemaphore(value: 1)

  /// Only who waited for it has it, and gives it back in the end.
  private init() {}

  /// Waits for the turn on behalf of `worker`, as long as that is there and `isWanted`.
  static func waited(
    for worker: WorkerProcess, while isWanted: () -> Bool
  ) throws(ChannelFailure) -> WholeImageTurn {
    while turn.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      guard isWanted() else { throw .closed }
      // It waits, too, and so has nothing to say.
      guard !worker.channel.hasNews else {
        _ = try worker.channel.receive(by: .now.advanced(by: .seconds(1)))
        throw .nonsense
      }
    }
    return WholeImageTurn()
  }

  deinit { Self.turn.signal() }
}

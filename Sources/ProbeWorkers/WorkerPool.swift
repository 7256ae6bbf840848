import Dispatch
import MediaFacts
import ProbeChannel
import Synchronization
import SystemPackage

/// The workers of one program, both idle and busy.
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

  /// The mechanisms that confine every worker so far.
  var confinement: Set<ConfinementMechanism>? { state.withLock { $0.confinement } }

  /// Whether the pool was closed. Then every worker has ended.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// An idle worker; a new one if there is none.
  func checkOut() throws(ProbeError) -> WorkerProcess {
    while let worker = try idleWorker() {
      // A worker that ended while it was idle does not count against the next asset. The system may have
      // ended it.
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

  /// Ends a worker permanently, and returns how it ended.
  @discardableResult
  func discard(_ worker: WorkerProcess) -> WorkerEnd {
    state.withLock { $0.busy[ObjectIdentifier(worker)] = nil }
    return worker.end()
  }

  /// Ends every worker, including busy ones.
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

/// The right to hold a whole image. Only one worker of this process has it at a time, to limit the total
/// memory.
struct WholeImageLease: ~Copyable {
  private static let semaphore = DispatchSemaphore(value: 1)

  /// Only `waited` creates a lease. When the lease ends, it releases the semaphore.
  private init() {}

  /// Waits for the lease of `worker`, as long as the worker exists and `isWanted`.
  static func waited(
    for worker: WorkerProcess, while isWanted: () -> Bool
  ) throws(ChannelFailure) -> WholeImageLease {
    while semaphore.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      guard isWanted() else { throw .closed }
      // The worker is waiting too, so it may not send anything.
      guard !worker.channel.isReadable else {
        _ = try worker.channel.receive(by: .now.advanced(by: .seconds(1)))
        throw .protocolViolation
      }
    }
    return WholeImageLease()
  }

  deinit { Self.semaphore.signal() }
}

import CWorkers
import Libc
import MediaFacts
import ProbeChannel
import Synchronization
import SystemPackage

/// A worker process, and the channel to it. It is waited for exactly once, so that it is never a zombie and its number is
/// never used after it ended.
final class WorkerProcess: Sendable {
  private enum Life {
    case running
    case ended(WorkerEnd)
  }

  let channel: Channel
  /// What confines it, as it reported before it saw a byte of an asset.
  let confinement: Set<ConfinementMechanism>
  private let pid: pid_t
  private let addressSpace: Int64
  private let life = Mutex(Life.running)
  private let count = Mutex(0)

  private init(pid: pid_t, channel: Channel, _ reply: HandshakeReply) {
    self.pid = pid
    self.channel = channel
    addressSpace = max(0, reply.addressSpace)
    let isBounded =
      wan_bound_worker(pid, Int64(Int32.max), Self.memory(addressSpace, Budget().workerMemory)) == 0
    confinement = reply.confinement.subtracting([.bounds]).union(isBounded ? [.bounds] : [])
  }

  deinit {
    end()
  }

  /// Starts `program` and waits for its reply.
  static func start(
    _ program: FilePath, _ configuration: WorkerConfiguration
  ) throws(ProbeError) -> WorkerProcess {
    var pid: pid_t = 0
    do throws(ChannelFailure) {
      let (channel, socket) = try Channel.pair()
      let error = program.withPlatformString { wan_spawn_worker($0, socket, &pid) }
      close(socket)
      guard error == 0 else {
        throw .system(error)
      }
      let deadline = ContinuousClock.now.advanced(by: configuration.startTime)
      try channel.send(
        Frame(.handshake, message: Handshake(isConfined: configuration.isConfined)), by: deadline)
      let reply = try channel.receive(by: deadline).message(HandshakeReply.self, of: .handshakeReply)
      guard reply.version == Handshake.currentVersion else { throw .protocolViolation }
      return WorkerProcess(pid: pid, channel: channel, reply)
    } catch {
      if pid > 0 { WorkerEnd.afterKilling(pid) }
      throw ProbeError(.unavailable, message: "\(program) did not start: \(error.explanation)")
    }
  }

  /// Jobs that it was given.
  var jobs: Int { count.withLock { $0 } }

  /// Bounds what the next job may cost, and counts it.
  ///
  /// Where one process cannot bound another, its time is still bounded by the parent's clock.
  func prepare(_ budget: Budget) {
    count.withLock { $0 += 1 }
    let seconds = max(1, budget.processorTime.components.seconds)
    let memory = Self.memory(addressSpace, budget.workerMemory)
    whileRunning { pid in _ = wan_bound_worker(pid, seconds, memory) }
  }

  /// What a worker may have in all, that began with `start` bytes; without bound where that is not known.
  private static func memory(_ start: Int64, _ room: Int64) -> Int64 {
    let (sum, overflow) = start.addingReportingOverflow(max(0, room))
    return start == 0 || overflow ? .max : sum
  }

  /// Whether it ended while it was idle: a worker sends nothing unasked.
  var hasEnded: Bool { channel.isReadable }

  /// Makes it end, from any thread; the thread that waits for it sees the end of the channel.
  func kill() {
    whileRunning { pid in _ = Libc.kill(pid, SIGKILL) }
    channel.hangUp()
  }

  /// Makes it end if it has not, waits for that, and says how it ended.
  @discardableResult
  func end() -> WorkerEnd {
    channel.hangUp()
    return life.withLock { life in
      if case .ended(let end) = life { return end }
      let end = WorkerEnd.afterKilling(pid)
      life = .ended(end)
      return end
    }
  }

  /// Waits a moment for a worker that hung up by itself, so that its own end is seen, and not that it was ended.
  func endByItself() -> WorkerEnd {
    WorkerEnd.await(pid)
    return life.withLock { life in
      if case .ended(let end) = life { return end }
      let end = WorkerEnd.ofEnded(pid) ?? WorkerEnd.afterKilling(pid)
      life = .ended(end)
      return end
    }
  }

  /// Only while the process was not waited for is its number its own.
  private func whileRunning(_ body: (pid_t) -> Void) {
    life.withLock { life in
      if case .running = life { body(pid) }
    }
  }
}

extension ChannelFailure {
  /// The failure as a clause for people.
  var explanation: String {
    switch self {
    case .closed: "it ended before it answered"
    case .protocolViolation: "it is not the worker of this version"
    case .timedOut: "it took too long"
    case .system(let number): Errno(rawValue: number).description
    }
  }
}

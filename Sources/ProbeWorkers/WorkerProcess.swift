import CWorkers
import Libc
import MediaFacts
import ProbeChannel
import Synchronization
import SystemPackage

/// A worker process, and the channel to it. It is waited for exactly once. So it is never a zombie, and its
/// number is never used after it ended.
final class WorkerProcess: Sendable {
  private enum Life {
    case running
    case ended(WorkerEnd)
  }

  let channel: Channel
  /// The mechanisms that confine it, as it reported them before it received a byte of an asset.
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

  /// The number of jobs that it was given.
  var jobs: Int { count.withLock { $0 } }

  /// Limits the resources of the next job, and counts it.
  ///
  /// If one process cannot limit another on this system, the parent's clock still limits the time.
  func prepare(_ budget: Budget) {
    count.withLock { $0 += 1 }
    let seconds = max(1, budget.processorTime.components.seconds)
    let memory = Self.memory(addressSpace, budget.workerMemory)
    whileRunning { pid in _ = wan_bound_worker(pid, seconds, memory) }
  }

  /// The total memory for a worker that started with `start` bytes; unlimited if that is not known.
  private static func memory(_ start: Int64, _ room: Int64) -> Int64 {
    let (sum, overflow) = start.addingReportingOverflow(max(0, room))
    return start == 0 || overflow ? .max : sum
  }

  /// Whether it ended while it was idle. An idle worker sends nothing.
  var hasEnded: Bool { channel.isReadable }

  /// Ends the worker; callable from any thread. The thread that waits for the worker then gets the end of the
  /// channel.
  func kill() {
    whileRunning { pid in _ = Libc.kill(pid, SIGKILL) }
    channel.hangUp()
  }

  /// Ends the worker if necessary, waits for its end, and returns how it ended.
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

  /// Waits briefly for a worker that closed the channel itself. Otherwise its own way of ending would be
  /// lost.
  func endByItself() -> WorkerEnd {
    WorkerEnd.await(pid)
    return life.withLock { life in
      if case .ended(let end) = life { return end }
      let end = WorkerEnd.ofEnded(pid) ?? WorkerEnd.afterKilling(pid)
      life = .ended(end)
      return end
    }
  }

  /// Its number is valid only until the process has been waited for.
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

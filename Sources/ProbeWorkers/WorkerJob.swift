import Libc
import MediaFacts
import ProbeChannel
import Synchronization

/// One asset that one or two workers measure. Any thread may cancel it.
final class WorkerJob: Sendable {
  /// The measured facts, or the format if another worker must measure it.
  enum Outcome {
    case facts(MediaFacts)
    case elsewhere(MediaFacts)
  }

  private struct State {
    var worker: WorkerProcess?
    var deadline: ContinuousClock.Instant?
    var isCancelled = false
  }

  let request: ProbeRequest
  private let source: any ByteSource
  private let state = Mutex(State())

  init(_ source: any ByteSource, _ request: ProbeRequest) {
    self.source = source
    self.request = request
  }

  /// Ends the worker that measures this asset, and every read of the asset.
  func cancel() {
    source.cancel()
    // This needs the lock, because a released worker measures another asset.
    state.withLock { state in
      state.isCancelled = true
      state.worker?.kill()
    }
  }

  /// Lets a worker of `pool` measure the asset.
  func measured(by pool: WorkerPool) throws(ProbeError) -> Outcome {
    switch try perform(.measure, pool).answer {
    case .facts(let facts): return .facts(facts)
    case .elsewhere(let facts): return .elsewhere(facts)
    case .failure(let error): throw error
    }
  }

  /// Lets a worker of `pool` draw the image that `facts` were measured of.
  func picture(of facts: MediaFacts, by pool: WorkerPool) throws(ProbeError) -> Preview? {
    try perform(.picture(facts), pool).picture
  }

  private var isCancelled: Bool { state.withLock { $0.isCancelled } }

  private typealias Answer = (answer: WorkerResponse, picture: Preview?)

  private func perform(
    _ task: WorkerRequest.Task, _ pool: WorkerPool, mayRepeat: Bool = true
  ) throws(ProbeError) -> Answer {
    if isCancelled { throw Self.cancelled }
    let worker = try pool.checkOut()
    // From now on, a cancellation ends the worker.
    begin(with: worker, grace: pool.configuration.grace)
    do throws(ChannelFailure) {
      if isCancelled { throw .closed }
      worker.prepare(request.budget)
      let answer = try exchange(with: worker, task, pool)
      letGo()
      pool.checkIn(worker)
      return answer
    } catch {
      letGo()
      let end = ended(error, worker, pool)
      guard !isCancelled, !pool.isClosed else { throw Self.cancelled }
      // The system may have ended the worker because of memory from earlier assets, so a fresh worker tries
      // again.
      if mayRepeat, end == .signal(SIGKILL), worker.jobs > 1, ContinuousClock.now < deadline {
        return try perform(task, pool, mayRepeat: false)
      }
      throw failure(error, end)
    }
  }

  /// Records which worker measures the asset. The asset's time begins with the first worker, so waiting for a
  /// thread and starting a worker do not count.
  private func begin(with worker: WorkerProcess, grace: Duration) {
    state.withLock { state in
      state.worker = worker
      state.deadline = state.deadline ?? ContinuousClock.now.advanced(by: request.budget.time + grace)
    }
  }

  /// The time limit of the asset, once its time has begun.
  private var deadline: ContinuousClock.Instant { state.withLock { $0.deadline } ?? .now }

  /// From now on, cancelling this asset does not end the worker.
  private func letGo() {
    state.withLock { $0.worker = nil }
  }

  private func exchange(
    with worker: WorkerProcess, _ task: WorkerRequest.Task, _ pool: WorkerPool
  ) throws(ChannelFailure) -> Answer {
    let file = ReadOnlyDescriptor(of: source)
    let order = WorkerRequest(task, request, length: source.length, hasDescriptor: file != nil)
    try withExtendedLifetime(file) { () throws(ChannelFailure) in
      try worker.channel.send(Frame(.request, message: order), descriptor: file?.number, by: deadline)
    }
    var picture: Preview?
    var lease: WholeImageLease?
    defer { lease = nil }
    while true {
      let frame = try worker.channel.receive(by: deadline)
      switch frame.kind {
      case .read:
        try worker.channel.send(served(try ReadRequest(frame.payload)), by: deadline)
      case .lock where lease == nil:
        lease = try self.lease(for: worker, pool)
        try worker.channel.send(Frame(.lock), by: deadline)
      case .picture where picture == nil:
        picture = try Preview(frame.payload)
      default:
        let answer = try frame.message(WorkerResponse.self, of: .response)
        guard answer.isPlausible else { throw .protocolViolation }
        return (attach(picture, to: answer), picture)
      }
    }
  }

  /// The lease to hold a whole image. Waiting for it is not counted in the asset's time.
  private func lease(for worker: WorkerProcess, _ pool: WorkerPool) throws(ChannelFailure) -> WholeImageLease
  {
    let began = ContinuousClock.now
    let lease = try WholeImageLease.waited(for: worker) { !isCancelled && !pool.isClosed }
    state.withLock { $0.deadline? += began.duration(to: .now) }
    return lease
  }

  private func attach(_ picture: Preview?, to answer: WorkerResponse) -> WorkerResponse {
    guard let picture, case .facts(var facts) = answer else { return answer }
    facts.preview = picture
    return .facts(facts)
  }

  /// Reads bytes for the worker.
  private func served(_ order: ReadRequest) throws(ChannelFailure) -> Frame {
    var failure: ByteSourceError?
    let bytes = [UInt8](unsafeUninitializedCapacity: order.count) { buffer, filled in
      do throws(ByteSourceError) {
        filled = try source.read(at: order.offset, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { return try Frame(.readFailure, message: failure) }
    return Frame(.bytes, bytes)
  }

  /// Ends a worker that did not answer; returns how it ended, if it ended by itself.
  private func ended(_ reason: ChannelFailure, _ worker: WorkerProcess, _ pool: WorkerPool) -> WorkerEnd? {
    let end = reason == .closed ? worker.endByItself() : nil
    pool.discard(worker)
    return end
  }

  /// The probe's failure if a worker did not answer.
  private func failure(_ reason: ChannelFailure, _ end: WorkerEnd?) -> ProbeError {
    switch reason {
    case .closed:
      return (end ?? .unknown).failure(request)
    case .timedOut:
      return ProbeError(.budgetExceeded, message: "probing took longer than \(request.budget.time)")
    case .protocolViolation:
      return ProbeError(.crashed, message: "its worker process broke the protocol")
    case .system:
      return ProbeError(.crashed, message: "its worker process cannot be used: \(reason.explanation)")
    }
  }

  private static let cancelled = ProbeError(.cancelled, message: "the probe was cancelled")
}

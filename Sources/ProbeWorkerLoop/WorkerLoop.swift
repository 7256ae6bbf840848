import CConfinement
import Libc
package import MediaFacts
package import MediaReading
import ProbeChannel
import Synchronization

/// The main loop of a worker process. The worker confines itself, then measures what its parent sends.
///
/// It opens nothing: bytes come from a descriptor that the parent passes, or from the parent itself. It ends
/// when the parent hangs up or breaks the protocol.
package struct WorkerLoop {
  /// Fills in the facts of content whose format is known.
  package typealias Measure = (MeteredReader, ProbeRequest, inout MediaFacts) throws(ProbeStop) -> Void
  /// Draws a preview of an image that was measured.
  package typealias Draw = (MeteredReader, MediaFacts) -> Preview?

  private let channel: Channel
  private let kinds: Set<MediaKind>
  private let measure: Measure
  private let draw: Draw

  /// A worker for media of `kinds`.
  package init(kinds: Set<MediaKind>, measure: @escaping Measure, draw: @escaping Draw = { _, _ in nil }) {
    channel = Channel(takingOwnershipOf: Self.socket)
    self.kinds = kinds
    self.measure = measure
    self.draw = draw
  }

  /// The descriptor of the socket to the parent.
  private static let socket: CInt = 3

  /// Runs until the parent hangs up, then ends the process.
  package func run() -> Never {
    do throws(ChannelFailure) {
      try shakeHands()
    } catch {
      exit(Self.statusWithoutParent)
    }
    do throws(ChannelFailure) {
      while true { try work() }
    } catch {
      exit(error == .closed ? 0 : 1)
    }
  }

  /// The program that started this worker uses another protocol.
  private static let statusWithoutParent: CInt = 2

  private func shakeHands() throws(ChannelFailure) {
    wan_begin_worker()
    let handshake = try channel.receive().message(Handshake.self, of: .handshake)
    guard handshake.version == Handshake.currentVersion else { throw .protocolViolation }
    let space = wan_address_space()
    let confinement = handshake.isConfined ? Self.mechanisms(wan_confine()) : []
    try channel.send(
      Frame(.handshakeReply, message: HandshakeReply(confinement: confinement, addressSpace: space)))
  }

  private func work() throws(ChannelFailure) {
    let (frame, descriptor) = try channel.receiveWithDescriptor()
    defer { if descriptor >= 0 { close(descriptor) } }
    let order = try frame.message(WorkerRequest.self, of: .request)
    guard order.hasDescriptor == (descriptor >= 0) else { throw .protocolViolation }
    let source: any ByteSource =
      order.hasDescriptor
      ? DescriptorSource(descriptor: descriptor, length: order.length)
      : ParentSource(channel, length: order.length)
    switch order.task {
    case .measure: try answer(measured(source, order.probe))
    case .picture(let facts):
      var facts = facts
      facts.preview = draw(MeteredReader(source, budget: order.probe.budget), facts)
      try answer(.facts(facts))
    }
  }

  private func measured(_ source: any ByteSource, _ request: ProbeRequest) -> WorkerResponse {
    var isElsewhere = false
    let failures = wan_failed_allocations()
    let lock = ParentLock(channel)
    let result = Measurement.run(source, request, lock: lock) { (reader, facts) throws(ProbeStop) in
      if let kind = facts.format?.kind, !kinds.contains(kind) {
        isElsewhere = true
      } else {
        try measure(reader, request, &facts)
      }
    }
    switch result {
    case .success(let facts):
      if wan_failed_allocations() > failures, !facts.isStoppedOnly { return .failure(Self.starved) }
      return isElsewhere ? .elsewhere(facts) : .facts(facts)
    case .failure(let error): return .failure(error)
    }
  }

  /// Libraries that get no memory report broken bytes, or nothing. So none of their reports are used.
  private static let starved = ProbeError(
    .budgetExceeded, message: "the probe needed more memory than a worker process may have")

  private func answer(_ answer: WorkerResponse) throws(ChannelFailure) {
    var answer = answer
    if case .facts(var facts) = answer, let preview = facts.preview {
      // As JSON, the bytes of the preview would take four times the space.
      facts.preview = nil
      answer = .facts(facts)
      try channel.send(Frame(.picture, preview.payload))
    }
    try channel.send(Frame(.response, message: answer))
  }

  private static func mechanisms(_ flags: UInt32) -> Set<ConfinementMechanism> {
    let all: [(flag: Int, mechanism: ConfinementMechanism)] = [
      (Int(WAN_CONFINED_BY_LIMITS), .limits), (Int(WAN_CONFINED_BY_NO_NEW_PRIVILEGES), .noNewPrivileges),
      (Int(WAN_CONFINED_BY_LANDLOCK), .landlock), (Int(WAN_CONFINED_BY_SECCOMP), .seccomp),
    ]
    return Set(all.filter { Int(flags) & $0.flag != 0 }.map(\.mechanism))
  }
}

extension MediaFacts {
  /// Whether the only finding is that a bound was hit.
  fileprivate var isStoppedOnly: Bool { !defects.isEmpty && defects.allSatisfy { $0.kind == .limit } }
}

/// The lock that the parent gives to one of its workers at a time. The worker holds it until it responds.
final class ParentLock: WholeImageLock {
  private let channel: Channel
  private let isTaken = Mutex(false)

  init(_ channel: Channel) { self.channel = channel }

  func acquire() throws(ProbeStop) {
    // An animation has many frames.
    if isTaken.withLock({ $0 }) { return }
    do throws(ChannelFailure) {
      try channel.send(Frame(.lock))
      guard try channel.receive().kind == .lock else { throw .protocolViolation }
      isTaken.withLock { $0 = true }
    } catch {
      throw .source(ByteSourceError(.cancelled, message: "the parent of this worker is gone"))
    }
  }

  /// Does nothing, because the response releases the lock.
  func release() {}
}

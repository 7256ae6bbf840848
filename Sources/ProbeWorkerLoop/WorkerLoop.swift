import CConfinement
import Libc
package import MediaFacts
package import MediaReading
import ProbeChannel
import Synchronization

/// What a worker process does from its start to its end: it confines itself, then measures what it is given.
///
/// It opens nothing: bytes come from a descriptor that it is handed, or from its parent. When the parent hangs up or
/// says something that it does not understand, it ends.
package struct WorkerLoop {
  /// Fills in what is to know of content that is named.
  package typealias Measure = (MeteredReader, ProbeRequest, inout MediaFacts) throws(ProbeStop) -> Void
  /// Draws a picture of an image that was measured.
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

  /// The descriptor that a worker finds its parent at.
  private static let socket: CInt = 3

  /// Works until the parent hangs up, then ends the process.
  package func run() -> Never {
    do throws(ChannelFailure) {
      try introduce()
    } catch {
      exit(Self.statusOfStranger)
    }
    do throws(ChannelFailure) {
      while true { try work() }
    } catch {
      exit(error == .closed ? 0 : 1)
    }
  }

  /// Whoever started this is no parent that it understands.
  private static let statusOfStranger: CInt = 2

  private func introduce() throws(ChannelFailure) {
    wan_begin_worker()
    let greeting = try channel.receive().message(Greeting.self, of: .greeting)
    guard greeting.version == Greeting.currentVersion else { throw .nonsense }
    let space = wan_address_space()
    let confinement = greeting.isConfined ? Self.mechanisms(wan_confine()) : []
    try channel.send(
      Frame(.introduction, message: Introduction(confinement: confinement, addressSpace: space)))
  }

  private func work() throws(ChannelFailure) {
    let (frame, descriptor) = try channel.receiveWithDescriptor()
    defer { if descriptor >= 0 { close(descriptor) } }
    let order = try frame.message(WorkOrder.self, of: .order)
    guard order.hasDescriptor == (descriptor >= 0) else { throw .nonsense }
    let source: any ByteSource =
      order.hasDescriptor
      ? HandedFile(descriptor: descriptor, length: order.length)
      : ServedSource(channel, length: order.length)
    switch order.task {
    case .measure: try answer(measured(source, order.request))
    case .picture(let facts):
      var facts = facts
      facts.preview = draw(MeteredReader(source, budget: order.request.budget), facts)
      try answer(.facts(facts))
    }
  }

  private func measured(_ source: any ByteSource, _ request: ProbeRequest) -> WorkAnswer {
    var isElsewhere = false
    let failures = wan_failed_allocations()
    let turns = ParentTurns(channel)
    let result = Measurement.run(source, request, turns: turns) { (reader, facts) throws(ProbeStop) in
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

  /// Libraries that are refused memory tell of broken bytes, or of none, so nothing that they said counts.
  private static let starved = ProbeError(
    .budgetExceeded, message: "it needed more memory than a worker process may have")

  private func answer(_ answer: WorkAnswer) throws(ChannelFailure) {
    var answer = answer
    if case .facts(var facts) = answer, let preview = facts.preview {
      // As JSON, its bytes would be four times as long.
      facts.preview = nil
      answer = .facts(facts)
      try channel.send(Frame(.picture, preview.payload))
    }
    try channel.send(Frame(.answer, message: answer))
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
  /// Whether a bound was hit and noticed, and nothing is said to be broken.
  fileprivate var isStoppedOnly: Bool { !defects.isEmpty && defects.allSatisfy { $0.kind == .limit } }
}

/// The turn that the parent gives to one of its workers at a time; it lasts until the answer.
final class ParentTurns: WholeImageTurns {
  private let channel: Channel
  private let isTaken = Mutex(false)

  init(_ channel: Channel) { self.channel = channel }

  func take() throws(ProbeStop) {
    // An animation has many pictures.
    if isTaken.withLock({ $0 }) { return }
    do throws(ChannelFailure) {
      try channel.send(Frame(.turn))
      guard try channel.receive().kind == .turn else { throw .nonsense }
      isTaken.withLock { $0 = true }
    } catch {
      throw .source(ByteSourceError(.cancelled, message: "nobody waits for this worker any more"))
    }
  }

  /// Nothing: it lasts.
  func giveBack() {}
}

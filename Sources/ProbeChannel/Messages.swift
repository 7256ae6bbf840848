import FoundationEssentials
package import MediaFacts

/// The first thing that a worker hears.
package struct Greeting: Sendable, Hashable, Codable {
  /// The version of the protocol, which both sides must share.
  package var version: Int
  /// Whether the worker confines itself before it sees a byte of an asset.
  package var isConfined: Bool

  /// What this version of the protocol is called; it changes with every message here, and with the facts.
  package static let currentVersion = 2

  /// A greeting in this version.
  package init(isConfined: Bool) {
    version = Self.currentVersion
    self.isConfined = isConfined
  }
}

/// The first thing that a worker says.
package struct Introduction: Sendable, Hashable, Codable {
  /// The version of the protocol that the worker speaks.
  package var version: Int
  /// What confines it.
  package var confinement: Set<ConfinementMechanism>
  /// The address space in bytes that it has before its first job; 0 if the system does not say.
  package var addressSpace: Int64

  /// An introduction in this version.
  package init(confinement: Set<ConfinementMechanism>, addressSpace: Int64) {
    version = Greeting.currentVersion
    self.confinement = confinement
    self.addressSpace = addressSpace
  }
}

/// One job for a worker.
package struct WorkOrder: Sendable, Hashable, Codable {
  /// What is to be done.
  package enum Task: Sendable, Hashable, Codable {
    /// Measure the source.
    case measure
    /// Draw a picture of the image that was measured so.
    case picture(MediaFacts)
  }

  /// What is to be done.
  package var task: Task
  /// What is wanted, and what it may cost.
  package var request: ProbeRequest
  /// The length of the source in bytes, if it is known.
  package var length: Int64?
  /// Whether a descriptor came along to read from; else the parent reads.
  package var hasDescriptor: Bool

  /// A job.
  package init(_ task: Task, _ request: ProbeRequest, length: Int64?, hasDescriptor: Bool) {
    self.task = task
    self.request = request
    self.length = length
    self.hasDescriptor = hasDescriptor
  }
}

/// What came of a job.
package enum WorkAnswer: Sendable, Hashable, Codable {
  /// What was measured; a picture came in a frame before.
  case facts(MediaFacts)
  /// Why measuring was impossible.
  case failure(ProbeError)
  /// What the content is, of a kind that this worker does not measure.
  case elsewhere(MediaFacts)
}

/// A read that the parent is to do.
package struct ReadOrder: Sendable, Hashable {
  /// Where to read, in bytes from the start.
  package var offset: Int64
  /// Bytes to read at most.
  package var count: Int

  /// A worker reads no more at a time.
  package static let most = 1 << 20

  /// A read.
  package init(offset: Int64, count: Int) {
    self.offset = offset
    self.count = min(max(0, count), Self.most)
  }

  /// The read that `payload` asks for.
  package init(_ payload: [UInt8]) throws(ChannelFailure) {
    guard payload.count == 12 else { throw .nonsense }
    let numbers = payload.withUnsafeBytes { bytes in
      (
        Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)),
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      )
    }
    guard numbers.1 <= Self.most else { throw .nonsense }
    offset = numbers.0
    count = Int(numbers.1)
  }

  /// The read as a payload.
  package var payload: [UInt8] {
    withUnsafeBytes(of: offset.littleEndian) { [UInt8]($0) }
      + withUnsafeBytes(of: UInt32(count).littleEndian) { [UInt8]($0) }
  }
}

extension Preview {
  /// The picture as a payload: width and height in two bytes each, then the JPEG.
  package var payload: [UInt8] {
    [width, height].flatMap { side in
      withUnsafeBytes(of: UInt16(clamping: side).littleEndian) { [UInt8]($0) }
    } + jpeg
  }

  /// The picture that `payload` is.
  package init(_ payload: [UInt8]) throws(ChannelFailure) {
    guard payload.count > 4 else { throw .nonsense }
    let sides = [0, 2].map { Int(payload[$0]) | Int(payload[$0 + 1]) << 8 }
    guard sides.allSatisfy({ (1...Preview.longestSide).contains($0) }) else { throw .nonsense }
    self.init(width: sides[0], height: sides[1], jpeg: Array(payload[4...]))
  }
}

extension Frame {
  /// A frame that says `message`.
  package init(_ kind: Kind, message: some Encodable) throws(ChannelFailure) {
    do {
      self.init(kind, [UInt8](try JSONEncoder().encode(message)))
    } catch {
      throw .nonsense
    }
  }

  /// The message that this frame is, if it is of that kind.
  package func message<Message: Decodable>(_ type: Message.Type, of kind: Kind) throws(ChannelFailure)
    -> Message
  {
    guard self.kind == kind else { throw .nonsense }
    do {
      return try JSONDecoder().decode(type, from: Data(payload))
    } catch {
      throw .nonsense
    }
  }
}

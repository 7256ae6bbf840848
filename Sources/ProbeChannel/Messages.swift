import FoundationEssentials
package import MediaFacts

/// The first message to a worker.
package struct Handshake: Sendable, Hashable, Codable {
  /// The version of the protocol, which both sides must share.
  package var version: Int
  /// Whether the worker confines itself before it receives a byte of an asset.
  package var isConfined: Bool

  /// The version of this protocol. It changes with every message here, and with the facts.
  package static let currentVersion = 3

  /// A handshake in this version.
  package init(isConfined: Bool) {
    version = Self.currentVersion
    self.isConfined = isConfined
  }
}

/// The first message of a worker.
package struct HandshakeReply: Sendable, Hashable, Codable {
  /// The version of the protocol that the worker speaks.
  package var version: Int
  /// The mechanisms that confine the worker.
  package var confinement: Set<ConfinementMechanism>
  /// The worker's address space in bytes before its first job; 0 if the system does not report it.
  package var addressSpace: Int64

  /// A reply in this version.
  package init(confinement: Set<ConfinementMechanism>, addressSpace: Int64) {
    version = Handshake.currentVersion
    self.confinement = confinement
    self.addressSpace = addressSpace
  }
}

/// One job for a worker.
package struct WorkerRequest: Sendable, Hashable, Codable {
  /// The task of the worker.
  package enum Task: Sendable, Hashable, Codable {
    /// Measure the source.
    case measure
    /// Draw a preview of the image with these facts.
    case picture(MediaFacts)
  }

  /// The task of the worker.
  package var task: Task
  /// The kind and depth of the probe, and its budget.
  package var probe: ProbeRequest
  /// The length of the source in bytes, if it is known.
  package var length: Int64?
  /// Whether a descriptor to read from was sent along. Otherwise the parent reads.
  package var hasDescriptor: Bool

  /// A job.
  package init(_ task: Task, _ probe: ProbeRequest, length: Int64?, hasDescriptor: Bool) {
    self.task = task
    self.probe = probe
    self.length = length
    self.hasDescriptor = hasDescriptor
  }
}

/// The outcome of a job.
package enum WorkerResponse: Sendable, Hashable, Codable {
  /// The measured facts. A preview is sent in a frame before this one.
  case facts(MediaFacts)
  /// Why measuring was impossible.
  case failure(ProbeError)
  /// The format, which another worker measures.
  case elsewhere(MediaFacts)
}

/// A read that the parent does for a worker.
package struct ReadRequest: Sendable, Hashable {
  /// Where to read, in bytes from the start.
  package var offset: Int64
  /// Bytes to read at most.
  package var count: Int

  /// The most bytes of one read.
  package static let most = 1 << 20

  /// A read.
  package init(offset: Int64, count: Int) {
    self.offset = offset
    self.count = min(max(0, count), Self.most)
  }

  /// The read in `payload`.
  package init(_ payload: [UInt8]) throws(ChannelFailure) {
    guard payload.count == 12 else { throw .protocolViolation }
    let numbers = payload.withUnsafeBytes { bytes in
      (
        Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)),
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      )
    }
    guard numbers.1 <= Self.most else { throw .protocolViolation }
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
  /// The preview as a payload: width and height in two bytes each, then the JPEG.
  package var payload: [UInt8] {
    [width, height].flatMap { side in
      withUnsafeBytes(of: UInt16(clamping: side).littleEndian) { [UInt8]($0) }
    } + jpeg
  }

  /// The preview in `payload`.
  package init(_ payload: [UInt8]) throws(ChannelFailure) {
    guard payload.count > 4 else { throw .protocolViolation }
    let sides = [0, 2].map { Int(payload[$0]) | Int(payload[$0 + 1]) << 8 }
    guard sides.allSatisfy({ (1...Preview.longestSide).contains($0) }) else { throw .protocolViolation }
    self.init(width: sides[0], height: sides[1], jpeg: Array(payload[4...]))
  }
}

extension Frame {
  /// A frame that contains `message`.
  package init(_ kind: Kind, message: some Encodable) throws(ChannelFailure) {
    do {
      self.init(kind, [UInt8](try JSONEncoder().encode(message)))
    } catch {
      throw .protocolViolation
    }
  }

  /// The message in this frame, if it has that kind.
  package func message<Message: Decodable>(_ type: Message.Type, of kind: Kind) throws(ChannelFailure)
    -> Message
  {
    guard self.kind == kind else { throw .protocolViolation }
    do {
      return try JSONDecoder().decode(type, from: Data(payload))
    } catch {
      throw .protocolViolation
    }
  }
}

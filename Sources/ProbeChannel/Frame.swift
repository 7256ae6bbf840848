/// What one side of a channel says to the other: a kind, and bytes.
package struct Frame: Sendable, Hashable {
  /// What the bytes are.
  package enum Kind: UInt8, Sendable, Hashable {
    /// To the worker: `Greeting`, as JSON.
    case greeting = 1
    /// To the parent: `Introduction`, as JSON.
    case introduction
    /// To the worker: `WorkOrder`, as JSON; a descriptor may come along.
    case order
    /// To the parent: `ReadOrder`, 12 bytes.
    case read
    /// To the worker: bytes that were asked for; none at the end of the source.
    case bytes
    /// To the worker: `ByteSourceError`, as JSON, in place of bytes.
    case readFailure
    /// To the parent: a picture, before the answer that it belongs to.
    case picture
    /// To the parent: `WorkAnswer`, as JSON.
    case answer
    /// To the parent: the wish to hold a whole image, at most one for each order; to the worker: it may.
    case turn
  }

  /// What the bytes are.
  package var kind: Kind
  /// The bytes, at most `longestPayload`.
  package var payload: [UInt8]

  /// A frame.
  package init(_ kind: Kind, _ payload: [UInt8] = []) {
    self.kind = kind
    self.payload = payload
  }

  /// No frame is longer; one that says so is an attack.
  package static let longestPayload = 4 << 20
  /// A kind and a length.
  package static let headerSize = 5

  /// The frame as it travels: one byte of kind, four of length (little-endian), the payload.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = [kind.rawValue]
    bytes.reserveCapacity(Self.headerSize + payload.count)
    withUnsafeBytes(of: UInt32(payload.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += payload
    return bytes
  }

  /// What a header says: the kind, and the length of the payload in bytes.
  package static func header(_ bytes: [UInt8]) throws(ChannelFailure) -> (kind: Kind, length: Int) {
    guard bytes.count == headerSize, let kind = Kind(rawValue: bytes[0]) else { throw .nonsense }
    let length = (1..<headerSize).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= longestPayload else { throw .nonsense }
    return (kind, length)
  }
}

/// Why a channel cannot go on.
package enum ChannelFailure: Error, Sendable, Hashable {
  /// The other side is gone.
  case closed
  /// The other side said what it may not say.
  case nonsense
  /// The time was up.
  case timedOut
  /// The operating system's error number.
  case system(CInt)
}

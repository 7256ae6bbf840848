/// A frame that one side of a channel sends to the other: a kind, and bytes.
package struct Frame: Sendable, Hashable {
  /// The kind of the bytes.
  package enum Kind: UInt8, Sendable, Hashable {
    /// To the worker: `Handshake`, as JSON.
    case handshake = 1
    /// To the parent: `HandshakeReply`, as JSON.
    case handshakeReply
    /// To the worker: `WorkerRequest`, as JSON. A descriptor may be sent with it.
    case request
    /// To the parent: `ReadRequest`, 12 bytes.
    case read
    /// To the worker: the requested bytes; none at the end of the source.
    case bytes
    /// To the worker: `ByteSourceError`, as JSON, instead of bytes.
    case readFailure
    /// To the parent: a preview, before the response that it belongs to.
    case picture
    /// To the parent: `WorkerResponse`, as JSON.
    case response
    /// To the parent: the worker requests to hold a whole image, at most once for each request. To the
    /// worker: it may.
    case lock
  }

  /// The kind of the bytes.
  package var kind: Kind
  /// The bytes, at most `longestPayload`.
  package var payload: [UInt8]

  /// A frame.
  package init(_ kind: Kind, _ payload: [UInt8] = []) {
    self.kind = kind
    self.payload = payload
  }

  /// The longest payload. A frame that states more is treated as an attack.
  package static let longestPayload = 4 << 20
  /// A kind and a length.
  package static let headerSize = 5

  /// The frame as it is sent: one byte of kind, four of length (little-endian), the payload.
  package var encoded: [UInt8] {
    var bytes: [UInt8] = [kind.rawValue]
    bytes.reserveCapacity(Self.headerSize + payload.count)
    withUnsafeBytes(of: UInt32(payload.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += payload
    return bytes
  }

  /// The kind, and the length of the payload in bytes, in a header.
  package static func header(_ bytes: [UInt8]) throws(ChannelFailure) -> (kind: Kind, length: Int) {
    guard bytes.count == headerSize, let kind = Kind(rawValue: bytes[0]) else { throw .protocolViolation }
    let length = (1..<headerSize).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= longestPayload else { throw .protocolViolation }
    return (kind, length)
  }
}

/// Why a channel cannot go on.
package enum ChannelFailure: Error, Sendable, Hashable {
  /// The other side has ended.
  case closed
  /// The other side broke the protocol.
  case protocolViolation
  /// The deadline has passed.
  case timedOut
  /// The operating system's error number.
  case system(CInt)
}

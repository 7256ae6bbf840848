/// Bytes at fixed positions that identify a format.
package struct Signature: Sendable, Hashable, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
  /// The bytes at one position.
  private struct Part: Sendable, Hashable {
    let offset: Int
    let bytes: [UInt8]
  }

  private let parts: [Part]

  /// The signature of `bytes` at the start of a file.
  package init(arrayLiteral bytes: UInt8...) {
    parts = [Part(offset: 0, bytes: bytes)]
  }

  /// The signature of `text` at the start of a file.
  package init(stringLiteral text: String) {
    parts = [Part(offset: 0, bytes: Array(text.utf8))]
  }

  /// The signature of a RIFF or IFF file: the name of its outer chunk, and the type of its content.
  package static func chunk(_ name: String, _ type: String) -> Signature {
    Signature(parts: [Part(offset: 0, bytes: Array(name.utf8)), Part(offset: 8, bytes: Array(type.utf8))])
  }

  private init(parts: [Part]) { self.parts = parts }

  /// Whether `head`, the first bytes of a file, has the signature.
  package func matches(_ head: ArraySlice<UInt8>) -> Bool {
    parts.allSatisfy { part in
      head.dropFirst(part.offset).prefix(part.bytes.count).elementsEqual(part.bytes)
    }
  }

  /// Whether `head`, the whole content of a file that is shorter than the signature, could be the signature's
  /// beginning.
  package func mayBegin(_ head: ArraySlice<UInt8>) -> Bool {
    guard head.count < length else { return false }
    let agrees = parts.allSatisfy { part in
      let present = head.dropFirst(part.offset).prefix(part.bytes.count)
      return present.elementsEqual(part.bytes.prefix(present.count))
    }
    // Two letters may just as well begin a text.
    let evidence = parts.first.map { min($0.bytes.count, head.count) } ?? 0
    let isText = head.allSatisfy { (0x20...0x7E).contains($0) }
    return agrees && evidence >= (isText ? 3 : 2)
  }

  /// Bytes from the start of a file to the end of the signature.
  private var length: Int { parts.map { $0.offset + $0.bytes.count }.max() ?? 0 }

  /// The shortest file with the signature, with zeros for bytes that may have any value.
  package var example: [UInt8] {
    parts.reduce(into: [UInt8](repeating: 0, count: length)) { bytes, part in
      bytes.replaceSubrange(part.offset..<part.offset + part.bytes.count, with: part.bytes)
    }
  }
}

import MediaFacts

/// Bytes at fixed places that name a format.
struct Signature: Sendable {
  /// Bytes that must stand at an offset.
  struct Part: Sendable {
    let offset: Int
    let bytes: [UInt8]
  }

  let format: MediaFormat
  let parts: [Part]

  /// A signature of `text` at the start, and perhaps of `further` text at `offset`.
  init(_ format: MediaFormat, _ text: String, _ further: String = "", at offset: Int = 8) {
    self.format = format
    let more = Part(offset: offset, bytes: Array(further.utf8))
    parts = [Part(offset: 0, bytes: Array(text.utf8))] + (more.bytes.isEmpty ? [] : [more])
  }

  /// A signature of `bytes` at `offset`.
  init(_ format: MediaFormat, bytes: [UInt8], at offset: Int = 0) {
    self.format = format
    parts = [Part(offset: offset, bytes: bytes)]
  }

  /// Whether all parts stand in `head`.
  func matches(_ head: ArraySlice<UInt8>) -> Bool {
    parts.allSatisfy { part in
      head.dropFirst(part.offset).prefix(part.bytes.count).elementsEqual(part.bytes)
    }
  }

  /// Whether `head`, all of a file that is shorter than the signature, could be its beginning.
  func mayBegin(_ head: ArraySlice<UInt8>) -> Bool {
    let end = parts.map { $0.offset + $0.bytes.count }.max() ?? 0
    guard head.count < end else { return false }
    let agrees = parts.allSatisfy { part in
      let present = head.dropFirst(part.offset).prefix(part.bytes.count)
      return present.elementsEqual(part.bytes.prefix(present.count))
    }
    // Two letters are as likely the beginning of a text.
    let evidence = parts.first.map { min($0.bytes.count, head.count - $0.offset) } ?? 0
    let isText = head.allSatisfy { (0x20...0x7E).contains($0) }
    return agrees && evidence >= (isText ? 3 : 2)
  }

  /// The format whose signature stands at the start of `head`; for a file cut inside its signature, the only
  /// one that it can be.
  static func identify(_ head: ArraySlice<UInt8>) -> MediaFormat? {
    if let found = specific.first(where: { $0.matches(head) }) { return found.format }
    let possible = Set(specific.lazy.filter { $0.mayBegin(head) }.map(\.format))
    if possible.count == 1 { return possible.first }
    return families.first { $0.matches(head) }?.format
  }
}

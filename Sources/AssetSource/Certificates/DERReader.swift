import AssetOpening

/// Reads elements of DER (X.690, 8.1) one after the other; what it cannot read, it does not have.
struct DERReader: Sendable {
  /// An element: its tag, and the bytes of its content.
  struct Element: Sendable, Hashable {
    var tag: UInt8
    var content: ArraySlice<UInt8>
    /// The elements inside it.
    var reader: DERReader { DERReader(content) }
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next element; `nil` at the end, or where the bytes are no element.
  mutating func next() -> Element? {
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first & 0x80 != 0 {
      let count = Int(first & 0x7F)
      // Four bytes of length are more than any certificate has.
      guard (1...4).contains(count), rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return Element(tag: tag, content: rest.prefix(length))
  }

  /// The next element if it has this tag; else `nil`, and nothing is read.
  mutating func next(_ tag: UInt8) -> Element? {
    guard rest.first == tag else { return nil }
    return next()
  }
}

extension JSONReading {
  /// The text of the string whose opening quotation mark is the next byte.
  mutating func readString() throws(DocumentProblem) -> String {
    let start = position
    index += 1
    var pieces: [UInt8] = []
    while true {
      let plain = index
      skipPlainBytes()
      guard index < bytes.count else {
        throw DocumentProblem("the string that begins here is not closed: its `\"` is missing", at: start)
      }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        if pieces.isEmpty { return text(plain..<index) }
        pieces += bytes[plain..<index]
        return String(decoding: pieces, as: UTF8.self)
      case UInt8(ascii: "\\"):
        pieces += bytes[plain..<index]
        // A backslash at the very end leaves the string open.
        guard index + 1 < bytes.count else {
          index += 1
          continue
        }
        pieces += try readEscape().utf8
      case let byte:
        throw controlProblem(byte)
      }
    }
  }

  private func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
  }

  /// Passes over bytes that stand for themselves.
  private mutating func skipPlainBytes() {
    let (end, inner) = bytes.withUnsafeBufferPointer { bytes in
      var (end, inner) = (index, 0)
      while end < bytes.count {
        let byte = bytes[end]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
        if byte & 0xC0 == 0x80 { inner += 1 }
        end += 1
      }
      return (end, inner)
    }
    index = end
    continuations += inner
  }

  private func controlProblem(_ byte: UInt8) -> DocumentProblem {
    switch byte {
    case .lineFeed, .carriageReturn:
      DocumentProblem("a line break inside a string: close it with `\"`, or write `\\n`", at: position)
    case .tab:
      DocumentProblem("a tab inside a string: write `\\t`", at: position)
    default:
      DocumentProblem(
        "the control character \(Unicode.Scalar(byte).codePointName) inside a string: "
          + "write `\\u\(byte.hexadecimal(digits: 4))`, or remove it", at: position)
    }
  }

  /// Reads the escape whose backslash is the next byte; a byte follows it.
  private mutating func readEscape() throws(DocumentProblem) -> Unicode.Scalar {
    let escaped: Unicode.Scalar
    switch bytes[index + 1] {
    case UInt8(ascii: "u"): return try readCodePoint()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escaped = Unicode.Scalar(bytes[index + 1])
    case UInt8(ascii: "b"): escaped = "\u{8}"
    case UInt8(ascii: "f"): escaped = "\u{C}"
    case UInt8(ascii: "n"): escaped = "\n"
    case UInt8(ascii: "r"): escaped = "\r"
    case UInt8(ascii: "t"): escaped = "\t"
    default:
      let escape = String(decoding: bytes[index...].prefix(5), as: UTF8.self).prefix(2)
      throw DocumentProblem(
        "\(excerpt(escape)) is not a JSON escape: write `\\\\` for a backslash", at: position)
    }
    index += 2
    return escaped
  }

  private mutating func readCodePoint() throws(DocumentProblem) -> Unicode.Scalar {
    guard let unit = codeUnit(at: index) else {
      throw DocumentProblem("`\\u` takes four hexadecimal digits", at: position)
    }
    if let scalar = Unicode.Scalar(unit) {
      index += 6
      return scalar
    }
    let low = codeUnit(at: index + 6) ?? 0
    guard unit < 0xDC00, 0xDC00...0xDFFF ~= low,
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else {
      throw DocumentProblem(
        "`\\u\(unit.hexadecimal(digits: 4))` is half of a surrogate pair without the other half", at: position
      )
    }
    index += 12
    return scalar
  }

  /// The value of the `\uXXXX` at `offset`; `nil` if there is none.
  private func codeUnit(at offset: Int) -> UInt32? {
    guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset + 2..<offset + 6] {
      guard let digit = byte.hexadecimalValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

import JobDocuments

/// Finds the start and end of JSON and YAML values on one line, without reading the whole text.
enum SourceToken {
  /// The end of the value or key that begins at the place of a part.
  static func end(in part: SourceText.Part) -> Int {
    let (bytes, start) = (part.bytes, part.offset)
    guard start < bytes.endIndex else { return start }
    let rest = bytes[(start + 1)...]
    switch bytes[start] {
    case UInt8(ascii: "\""):
      return closingQuote(in: bytes, from: start + 1).map { $0 + 1 } ?? bytes.endIndex
    case UInt8(ascii: "'"):
      return rest.firstIndex(of: UInt8(ascii: "'")).map { $0 + 1 } ?? bytes.endIndex
    case let byte where "{}[],:".utf8.contains(byte):
      return start + 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return rest.firstIndex { !isOfNumber($0) } ?? bytes.endIndex
    default:
      let isInBrackets = part.isCut.before || bytes[..<start].contains { "{[".utf8.contains($0) }
      return plainEnd(in: bytes, from: start, isInBrackets: isInBrackets)
    }
  }

  /// The index of the first quote at or after `start` that no backslash escapes.
  static func closingQuote(in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\""): return index
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return nil
  }

  /// Whether a colon follows the string that ends at `quote`.
  static func isKey(_ bytes: ArraySlice<UInt8>, endingAt quote: Int) -> Bool {
    bytes[(quote + 1)...].first { !$0.isBlank } == UInt8(ascii: ":")
  }

  /// The text of a string with its escapes resolved, as far as they can be.
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt16] = []
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\\", let escape = scalars.popFirst() else {
        units += String(scalar).utf16
        continue
      }
      let digits = ["u": 4, "x": 2, "U": 8][escape] ?? 0
      if digits > 0, let code = UInt32(String(scalars.prefix(digits)), radix: 16) {
        scalars = scalars.dropFirst(digits)
        units +=
          UInt16(exactly: code).map { [$0] } ?? Unicode.Scalar(code).map { Array(String($0).utf16) } ?? []
      } else {
        units += String(["n": "\n", "t": "\t", "r": "\r"][escape] ?? escape).utf16
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// The end of a word that is not in quotes. In YAML, it is before a comment or the colon of a key; in brackets, it is before
  /// the character that ends an element.
  private static func plainEnd(in bytes: ArraySlice<UInt8>, from start: Int, isInBrackets: Bool) -> Int {
    var end = start
    for index in start..<bytes.endIndex {
      let byte = bytes[index]
      let next = index + 1 < bytes.endIndex ? bytes[index + 1] : .lineFeed
      if byte == UInt8(ascii: "\"") || (isInBrackets && ",]}".utf8.contains(byte)) { break }
      if byte == UInt8(ascii: ":"), next.isBlank { break }
      if byte == UInt8(ascii: "#"), index > start, bytes[index - 1].isBlank { break }
      let isLastComma = byte == UInt8(ascii: ",") && index + 1 == bytes.endIndex
      if !byte.isBlank, !isLastComma { end = index + 1 }
    }
    return max(end, start + 1)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

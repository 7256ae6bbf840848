/// The text of a document, or of one line of it, as valid UTF-8.
struct DocumentText {
  /// The bytes as they came.
  let bytes: [UInt8]
  /// The offset of the first byte after a byte order mark.
  let start: Int
  /// The line of the file on which the text begins.
  let firstLine: Int

  /// Checks that `bytes` are UTF-8; a byte order mark may only begin the file.
  init(_ bytes: [UInt8], firstLine: Int) throws(DocumentProblem) {
    self.bytes = bytes
    self.firstLine = firstLine
    start = firstLine == 1 && bytes.starts(with: TextEncoding.byteOrderMark) ? 3 : 0
    if let other = TextEncoding.other(of: bytes) {
      throw DocumentProblem(
        "the text is \(other): save it as UTF-8", at: SourcePosition(line: firstLine, column: 1))
    }
    guard let offset = bytes.withUnsafeBufferPointer(TextEncoding.firstInvalid) else { return }
    throw DocumentProblem(
      "the byte 0x\(bytes[offset].hexadecimal(digits: 2)) is not valid UTF-8 here: save the file as UTF-8",
      at: position(of: offset))
  }

  /// The place of the byte at `offset`; lines end with LF, and where `carriageReturns` is set (YAML) with a lone CR too.
  func position(of offset: Int, carriageReturns: Bool = false) -> SourcePosition {
    var position = SourcePosition(line: firstLine, column: 1)
    for index in start..<max(start, min(offset, bytes.count)) {
      let isLoneReturn =
        carriageReturns && bytes[index] == .carriageReturn
        && !(index + 1 < bytes.count && bytes[index + 1] == .lineFeed)
      if bytes[index] == .lineFeed || isLoneReturn {
        position = SourcePosition(line: position.line + 1, column: 1)
      } else if !bytes[index].isContinuation {
        position.column += 1
      }
    }
    return position
  }
}

/// The encoding of a text, as far as its bytes show it.
package enum TextEncoding {
  /// The byte order mark of UTF-8.
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// UTF-16 or UTF-32, recognised by the byte order mark or by the zero bytes beside a first ASCII character.
  package static func other(of bytes: [UInt8]) -> String? {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0, 0, 0xFE, 0xFF]) || head == [0xFF, 0xFE, 0, 0] { return "UTF-32" }
    if head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE]) { return "UTF-16" }
    guard head.count == 4 else { return nil }
    switch (head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0) {
    case (true, true, true, false), (false, true, true, true): return "UTF-32"
    case (true, false, true, false), (false, true, false, true): return "UTF-16"
    default: return nil
    }
  }

  /// The offset of the first sequence that is not UTF-8 (Unicode 16, table 3-7); `nil` if there is none.
  static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      guard lead >= 0x80 else {
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
      for next in index + 2..<index + length where !bytes[next].isContinuation { return index }
      index += length
    }
    return nil
  }
}

extension UInt8 {
  package static let tab: UInt8 = 0x09
  package static let lineFeed: UInt8 = 0x0A
  package static let carriageReturn: UInt8 = 0x0D

  /// Whether this is one of the four white space characters of JSON.
  package var isBlank: Bool {
    self == 0x20 || self == .lineFeed || self == .carriageReturn || self == .tab
  }

  /// Whether this byte continues a scalar that an earlier byte began.
  package var isContinuation: Bool { self & 0xC0 == 0x80 }

  /// Whether this is an ASCII digit from 0 to 7.
  var isOctalDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "7") ~= self }

  /// The value of an ASCII hexadecimal digit in either case; `nil` for any other byte.
  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

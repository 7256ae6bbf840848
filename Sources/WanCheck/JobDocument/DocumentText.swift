/// The text of a document, or of one line of it, as valid UTF-8 without a byte order mark.
struct DocumentText {
  let bytes: [UInt8]
  /// The line of the file on which the text begins.
  let firstLine: Int

  /// Checks that `bytes` are UTF-8, and drops a byte order mark at the start of the file.
  init(_ bytes: [UInt8], firstLine: Int = 1) throws(DocumentProblem) {
    let start = SourcePosition(line: firstLine, column: 1)
    if let other = Self.otherEncoding(of: bytes) {
      throw DocumentProblem("the text is \(other): save it as UTF-8", at: start)
    }
    let mark = firstLine == 1 && bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    self.bytes = mark == 0 ? bytes : Array(bytes.dropFirst(mark))
    self.firstLine = firstLine
    guard String(validating: self.bytes, as: UTF8.self) == nil else { return }
    let offset = Self.validPrefix(of: self.bytes)
    let byte = self.bytes[offset].hexadecimal(digits: 2)
    throw DocumentProblem(
      "the byte 0x\(byte) is not valid UTF-8 here: save the file as UTF-8", at: position(of: offset))
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The place in the file of the character at `offset`, in bytes.
  func position(of offset: Int, carriageReturns: Bool = false) -> SourcePosition {
    var position = bytes.position(of: offset, carriageReturns: carriageReturns)
    position.line += firstLine - 1
    return position
  }

  /// The offset in bytes of the first byte that is not blank; `nil` if there is none.
  var firstNonBlank: Int? { bytes.firstIndex { !$0.isBlank } }

  /// UTF-16 and UTF-32 by their byte order mark, or by the zero bytes beside a first ASCII character.
  static func otherEncoding(of bytes: [UInt8]) -> String? {
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

  private static func validPrefix(of bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return min(offset, bytes.count - 1)
  }
}

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D

  /// Whether this is one of the four white space characters of JSON.
  var isBlank: Bool { self == 0x20 || self == .lineFeed || self == .carriageReturn || self == .tab }

  /// Whether this byte goes on with a scalar that an earlier byte began.
  var isContinuation: Bool { self & 0xC0 == 0x80 }

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

extension UnsafeBufferPointer<UInt8> {
  /// How many scalars begin within `range` of valid UTF-8.
  func scalarCount(in range: Range<Int>) -> Int {
    // Indices by hand: this runs once per escape of a text, and generic code is slow where it is not
    // optimised.
    var scalars = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if self[index] & 0xC0 != 0x80 { scalars += 1 }
      index += 1
    }
    return scalars
  }
}

extension [UInt8] {
  /// The place of the character at `offset`, in bytes; lines end with LF, and where `carriageReturns` is set
  /// (YAML) with a lone CR too.
  func position(of offset: Int, carriageReturns: Bool) -> SourcePosition {
    let end = Swift.min(offset, count)
    var line = 1
    var lineStart = 0
    for index in 0..<end {
      let isLoneReturn =
        carriageReturns && self[index] == .carriageReturn
        && !(index + 1 < count && self[index + 1] == .lineFeed)
      guard self[index] == .lineFeed || isLoneReturn else { continue }
      line += 1
      lineStart = index + 1
    }
    return SourcePosition(
      line: line, column: 1 + withUnsafeBufferPointer { $0.scalarCount(in: lineStart..<end) })
  }
}

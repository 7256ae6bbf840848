/// One string of a JSON text: where it ends, and what of it libyaml would read otherwise than JSON does.
struct JSONStringScan {
  /// A range of bytes that libyaml must be given as an escape.
  struct Edit {
    var range: Range<Int>
    /// The code point that the bytes stand for.
    var codePoint: UInt32

    /// The escape of YAML for the code point: `\U0001F600`.
    var escape: [UInt8] {
      var escape: [UInt8] = [UInt8(ascii: "\\"), UInt8(ascii: "U")]
      escape.reserveCapacity(10)
      var rest = codePoint
      while escape.count < 10 {
        let digit = UInt8(truncatingIfNeeded: rest >> 28)
        rest <<= 4
        escape.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
      }
      return escape
    }
  }

  private let start: Int
  /// The offset behind the closing quotation mark, or behind what was read.
  private(set) var end: Int
  /// The edits, in order.
  private(set) var edits: [Edit] = []
  /// The byte order mark with which the text of the string begins, as it is or escaped, if it does.
  private(set) var leadingMark: Range<Int>?
  /// The first thing that JSON does not allow.
  private(set) var flaw: JSONBridge.Flaw?

  /// Reads the string whose opening quotation mark is at `start`.
  init(_ source: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.start = start
    end = start + 1
    while end < source.count {
      let byte = source[end]
      switch byte {
      case UInt8(ascii: "\""):
        end += 1
        return
      case UInt8(ascii: "\\"):
        readEscape(in: source)
      case 0..<0x20:
        flaw = Self.controlFlaw(byte, at: end)
      case 0x7F:
        edit(1, to: 0x7F)
      case 0xC2, 0xE2, 0xEF:
        readUnusual(in: source)
      default:
        end += 1
      }
      if flaw != nil { return }
    }
    flaw = JSONBridge.Flaw(
      offset: start, message: "the string that begins here is not closed: its `\"` is missing")
  }

  private static func controlFlaw(_ byte: UInt8, at offset: Int) -> JSONBridge.Flaw {
    switch byte {
    case .lineFeed, .carriageReturn:
      JSONBridge.Flaw(
        offset: offset, message: "a line break inside a string: close it with `\"`, or write `\\n`")
    case .tab:
      JSONBridge.Flaw(offset: offset, message: "a tab inside a string: write `\\t`")
    default:
      JSONBridge.Flaw(
        offset: offset,
        message: "the control character \(Unicode.Scalar(byte).codePointName) inside a string: "
          + "write `\\u\(byte.hexadecimal(digits: 4))`, or remove it")
    }
  }

  /// C1 controls, the line and paragraph separators, the byte order mark and the last two code points of the
  /// plane: libyaml refuses them, or takes them for line breaks.
  private mutating func readUnusual(in source: UnsafeBufferPointer<UInt8>) {
    let next = end + 1 < source.count ? source[end + 1] : 0
    let last = end + 2 < source.count ? source[end + 2] : 0
    switch (source[end], next, last) {
    case (0xC2, 0x80...0x9F, _): edit(2, to: UInt32(next))
    case (0xE2, 0x80, 0xA8): edit(3, to: 0x2028)
    case (0xE2, 0x80, 0xA9): edit(3, to: 0x2029)
    case (0xEF, 0xBB, 0xBF): readMark(3)
    case (0xEF, 0xBF, 0xBE): edit(3, to: 0xFFFE)
    case (0xEF, 0xBF, 0xBF): edit(3, to: 0xFFFF)
    default: end += 1
    }
  }

  private mutating func readMark(_ count: Int) {
    if end == start + 1 { leadingMark = end..<end + count }
    edit(count, to: 0xFEFF)
  }

  private mutating func edit(_ count: Int, to codePoint: UInt32) {
    edits.append(Edit(range: end..<end + count, codePoint: codePoint))
    end += count
  }

  private mutating func readEscape(in source: UnsafeBufferPointer<UInt8>) {
    guard end + 1 < source.count else {
      end += 1
      return
    }
    switch source[end + 1] {
    case UInt8(ascii: "u"):
      readCodeUnit(in: source)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      end += 2
    default:
      let escape = String(decoding: source[end...].prefix(5), as: UTF8.self).prefix(2)
      flaw = JSONBridge.Flaw(
        offset: end, message: "\(escape.excerpt) is no escape of JSON: write `\\\\` for a backslash")
    }
  }

  private mutating func readCodeUnit(in source: UnsafeBufferPointer<UInt8>) {
    guard let unit = Self.codeUnit(at: end, in: source) else {
      flaw = JSONBridge.Flaw(offset: end, message: "`\\u` takes four hexadecimal digits")
      return
    }
    guard 0xD800...0xDFFF ~= unit else {
      if unit == 0xFEFF { readMark(6) } else { end += 6 }
      return
    }
    let low = Self.codeUnit(at: end + 6, in: source) ?? 0
    guard unit < 0xDC00, 0xDC00...0xDFFF ~= low else {
      flaw = JSONBridge.Flaw(
        offset: end,
        message: "`\\u\(unit.hexadecimal(digits: 4))` is half of a surrogate pair without the other half")
      return
    }
    edit(12, to: 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
  }

  /// The value of the `\uXXXX` at `offset`; `nil` if none is there.
  private static func codeUnit(at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard offset + 6 <= source.count, source[offset] == UInt8(ascii: "\\"),
      source[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    var index = offset + 2
    while index < offset + 6 {
      guard let digit = source[index].hexadecimalValue else { return nil }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}

/// A YAML text with characters that libyaml, a parser of YAML 1.1, takes in the sense of YAML 1.2.
///
/// U+0085, U+2028 and U+2029 are line breaks in YAML 1.1 and not in 1.2, and libyaml refuses U+FEFF inside a text. Each is
/// replaced by a noncharacter of Unicode before parsing, and put back into the scalars. All offsets in characters stay.
struct YAMLText {
  /// The text for libyaml.
  let bytes: [UInt8]
  /// The characters of the text, a byte order mark at its beginning not counted.
  let characters: Int
  private let text: DocumentText
  /// The offset in bytes of every 256th character of the original text.
  private let checkpoints: [Int]
  private let isReplaced: Bool

  private static let stride = 256
  private static let standIns: [(original: Unicode.Scalar, standIn: Unicode.Scalar)] = [
    ("\u{85}", "\u{1FFFE}"), ("\u{2028}", "\u{1FFFF}"), ("\u{2029}", "\u{2FFFE}"), ("\u{FEFF}", "\u{2FFFF}"),
  ]

  /// Checks that `text` has only characters that YAML allows.
  init(_ text: DocumentText) throws(DocumentProblem) {
    self.text = text
    let string = String(decoding: text.bytes[text.start...], as: UTF8.self)
    var (offset, characters) = (text.start, 0)
    var checkpoints: [Int] = []
    var (hasOriginal, hasStandIn) = (false, false)
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\n", "\t", "\r", " "..."~", "\u{A0}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}",
        "\u{10000}"..."\u{10FFFF}", "\u{85}":
        break
      default:
        throw DocumentProblem(
          "\(scalar.codePointName) is not allowed in YAML: remove it, or write an escape in double quotes",
          at: text.position(of: offset, carriageReturns: true))
      }
      if scalar.value > 0x7F {
        hasOriginal = hasOriginal || Self.standIns.contains { $0.original == scalar }
        hasStandIn = hasStandIn || Self.standIns.contains { $0.standIn == scalar }
      }
      if characters % Self.stride == 0 { checkpoints.append(offset) }
      characters += 1
      offset += UTF8.width(scalar)
    }
    self.characters = characters
    self.checkpoints = checkpoints
    isReplaced = hasOriginal
    guard hasOriginal else {
      bytes = Array(text.bytes[text.start...])
      return
    }
    guard !hasStandIn, !Self.hasEscapedStandIn(text.bytes) else {
      throw DocumentProblem(
        .limit, "the text has both noncharacters of Unicode and line separators: write those as escapes",
        at: .start)
    }
    bytes = Self.replacing(string) { scalar in Self.standIns.first { $0.original == scalar }?.standIn }
  }

  /// A scalar of the text for libyaml as the user wrote it.
  func restored(_ scalar: String) -> String {
    guard isReplaced else { return scalar }
    return String(
      decoding: Self.replacing(scalar) { scalar in Self.standIns.first { $0.standIn == scalar }?.original },
      as: UTF8.self)
  }

  /// The offset in bytes of the character at `index` of the original text.
  func offset(of index: Int) -> Int {
    guard index < characters, index >= 0 else { return text.bytes.count }
    guard characters < text.bytes.count - text.start else { return text.start + index }
    var offset = checkpoints[index / Self.stride]
    for _ in 0..<index % Self.stride {
      offset += 1
      while offset < text.bytes.count, text.bytes[offset].isContinuation { offset += 1 }
    }
    return offset
  }

  /// The byte at `offset` of the original text.
  func byte(at offset: Int) -> UInt8? { offset < text.bytes.count ? text.bytes[offset] : nil }

  /// The place after the last character.
  var end: SourcePosition { text.position(of: text.bytes.count, carriageReturns: true) }

  /// Whether an escape such as `\U0001FFFE` names a character that stands for another one.
  private static func hasEscapedStandIn(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { index in
      bytes[index] == UInt8(ascii: "\\") && index + 9 < bytes.count && bytes[index + 1] == UInt8(ascii: "U")
        && standIns.contains { pair in
          bytes[(index + 2)...].prefix(8).map { $0 & 0xDF }
            .elementsEqual(pair.standIn.value.hexadecimal(digits: 8).utf8.map { $0 & 0xDF })
        }
    }
  }

  private static func replacing(
    _ text: String, _ replacement: (Unicode.Scalar) -> Unicode.Scalar?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { bytes += (replacement(scalar) ?? scalar).utf8 }
    return bytes
  }
}

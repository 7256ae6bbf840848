/// Decodes the bytes of a web page to text, as far as its title needs it.
enum PageEncoding {
  /// The page in an encoding that contains ASCII unchanged: UTF-16 is converted to UTF-8, other encodings
  /// stay.
  static func asciiCompatible(_ page: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isLittle = page.bigEndian(0, 2) == 0xFFFE
    guard isLittle || page.bigEndian(0, 2) == 0xFEFF else { return page }
    let units = stride(from: 2, to: page.count - 1, by: 2).map { position in
      UInt16(
        truncatingIfNeeded: (isLittle ? page.littleEndian(position, 2) : page.bigEndian(position, 2)) ?? 0)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)[...]
  }

  /// Some bytes of a page as text: UTF-8 if they are valid UTF-8; Windows-1252 if the page declares it or
  /// declares nothing; otherwise each byte that is not ASCII becomes U+FFFD.
  static func text(_ bytes: ArraySlice<UInt8>, of page: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard isWestern(declared(in: page.prefix(1024))) else { return String(decoding: bytes, as: UTF8.self) }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(windows1252(byte)) }
    return text
  }

  /// The scalar of a byte in Windows-1252, which browsers use if a page declares Latin-1.
  static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return windows1252Specials[Int(byte) - 0x80]
  }

  private static let windows1252Specials: [Unicode.Scalar] = [
    "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
    "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
  ]

  private static func isWestern(_ charset: String?) -> Bool {
    guard let charset else { return true }
    return ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"]
      .contains(charset)
  }

  /// The name after the first `charset` or `encoding` with an equals sign, in lower case.
  private static func declared(in head: ArraySlice<UInt8>) -> String? {
    for index in head.indices {
      let rest = head[index...]
      let word = ["charset", "encoding"].first { rest.beginsIgnoringCase($0) }
      guard let word else { continue }
      let behind = rest.dropFirst(word.utf8CodeUnitCount).drop { $0.isSpace }
      guard behind.first == UInt8(ascii: "=") else { continue }
      let name = behind.dropFirst().drop { $0.isSpace || $0 == 0x22 || $0 == 0x27 }
        .prefix { !$0.isSpace && !"\"';/>?".utf8.contains($0) }
      return String(decoding: name, as: UTF8.self).lowercased()
    }
    return nil
  }
}

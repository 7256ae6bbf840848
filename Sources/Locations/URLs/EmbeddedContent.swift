/// The content of a file where its URL belongs: a `data:` URL, or Base64 alone.
///
/// Recognising it takes one pass over the bytes, whatever the length.
struct EmbeddedContent {
  /// What is wrong with the text as a URL.
  let problem: AssetURLProblem
  /// The text as it is shown: without the content.
  let displayText: String

  /// Recognises embedded content; `nil` for any other text.
  init?(_ text: String) {
    var text = text
    let found = text.withUTF8 { Self.recognise($0) }
    guard let found else { return nil }
    let size = "\(text.utf8.count) characters"
    let content = found.format.map { "\($0), \(size)" } ?? size
    let advice = "the API takes a URL, not the content of a file"
    if found.isDataURL {
      displayText = "data:…"
      problem = AssetURLProblem(.schemeUnsupported, "this is a data: URL (\(content)); \(advice)", offset: 0)
    } else {
      displayText = "base64:…"
      problem = AssetURLProblem(.embeddedContent, "this is Base64 data (\(content)); \(advice)", offset: 0)
    }
  }

  private struct Found {
    var isDataURL: Bool
    var format: String?
  }

  /// White space and marks that are copied along with a text.
  private static let leading = Array(" \t\r\n\"'`<(".utf8)

  private static func recognise(_ text: UnsafeBufferPointer<UInt8>) -> Found? {
    var start = 0
    while start < text.count, start < 32, leading.contains(text[start]) { start += 1 }
    let head = text[start...].prefix(128)
    func begins(_ word: String) -> Bool {
      head.lazy.map { $0 | 0x20 }.starts(with: word.utf8.lazy.map { $0 | 0x20 })
    }
    let isDataURL = begins("data:") || begins("url(data:") || begins("url(\"data:") || begins("url('data:")
    // `data:image/png;base64,`, also where the beginning was cut off.
    if let mark = find("base64,", in: head), isDataURL || begins("base64,") || isMediaType(head[..<mark]) {
      return Found(isDataURL: isDataURL, format: format(of: text[(mark + 7)...].prefix(64)))
    }
    if isDataURL { return Found(isDataURL: true) }
    if begins("base64:") {
      return Found(isDataURL: false, format: format(of: text[(start + 7)...].prefix(64)))
    }
    return base64Alone(text[start...])
  }

  private static func find(_ word: String, in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let word = Array(word.utf8)
    return bytes.indices.first { bytes[$0...].prefix(word.count).elementsEqual(word) }
  }

  /// Whether the text before `base64,` is `image/png;` and the like.
  private static func isMediaType(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.last == UInt8(ascii: ";")
      && ["image/", "audio/", "video/", "application/"].contains { bytes.starts(with: $0.utf8) }
  }

  /// Base64 without a word about it: it begins as a media file does, or it is long and as irregular as no path is.
  private static func base64Alone(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Found? {
    guard text.count >= 48 else { return nil }
    var (letters, changes, previous) = (0, 0, 0)
    for byte in text {
      let kind: Int
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): kind = 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"): kind = 2
      case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = 3
      // Between the words of a path, too.
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): kind = previous
      case UInt8(ascii: "="), 0x20, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'"): continue
      default: return nil
      }
      letters += 1
      if kind != previous { changes += 1 }
      previous = kind
    }
    if let format = format(of: text.prefix(64)) { return Found(isDataURL: false, format: format) }
    // Paths change between capitals, small letters and digits with their words, Base64 at two of three letters.
    let isIrregular = letters >= 128 && changes * 100 > letters * 45
    return isIrregular || letters > 4096 ? Found(isDataURL: false) : nil
  }

  /// The format whose signature the first letters spell.
  private static func format(of text: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    let bytes = decode(text)
    func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: signature)
    }
    for (name, signature) in signatures where has(signature) { return name }
    if has(Array("RIFF".utf8)) {
      if has(Array("WEBP".utf8), at: 8) { return "WebP" }
      return has(Array("WAVE".utf8), at: 8) ? "WAV" : nil
    }
    if has(Array("ftyp".utf8), at: 4) { return "MP4 or its kin" }
    let isFrame = bytes.count > 2 && bytes[0] == 0xFF && bytes[1] & 0xE6 == 0xE2 && bytes[2] & 0xF0 != 0xF0
    return isFrame ? "MP3" : nil
  }

  private static let signatures: [(String, [UInt8])] = [
    ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]), ("JPEG", [0xFF, 0xD8, 0xFF]),
    ("GIF", Array("GIF8".utf8)), ("MP3", Array("ID3".utf8)), ("WebM", [0x1A, 0x45, 0xDF, 0xA3]),
    ("Ogg", Array("OggS".utf8)), ("FLAC", Array("fLaC".utf8)), ("TIFF", [0x49, 0x49, 0x2A, 0]),
    ("TIFF", [0x4D, 0x4D, 0, 0x2A]), ("PDF", Array("%PDF-".utf8)), ("ZIP", [0x50, 0x4B, 3, 4]),
  ]

  private static func decode(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in text {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      case 0x20, 0x0A, 0x0D: continue
      default: return bytes
      }
      bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}

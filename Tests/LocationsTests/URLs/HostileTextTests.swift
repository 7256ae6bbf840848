import Locations
import SystemPackage
import Testing

/// Random texts, from a generator that makes the same ones every time.
@Suite struct HostileTextTests {
  /// Marsaglia's xorshift64.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static let pieces = [
    "http", "https", ":", "//", "/", "\\", "@", "?", "#", "[", "]", "%", "%41", "%zz", ".", "..", "::", "1",
    "0x", "127",
    "secret", "a", "ü", "\u{202E}", "\u{0}", "\r\n", "\u{301}", "\u{200D}", "e\u{301}", "example.com",
    "localhost", "C:",
    "ﬀ", "。", "=", "&", "Expires", "Signature", "Key-Pair-Id", "Policy", "X-Amz-Date", "X-Amz-Signature", "🏴",
    "ß",
  ]

  private static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
      default: true
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func everyTextIsReadAndShownSafely(_ seed: UInt64) {
    var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<250 {
      let count = Int.random(in: 0...12, using: &generator)
      var text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }.joined()
      if Bool.random(using: &generator) { text = "https://" + text }
      let location = AssetLocation(text)
      #expect(Self.isHarmless(location.displayText), "\(text.debugDescription)")
      #expect(location.problems.allSatisfy { Self.isHarmless($0.message) }, "\(text.debugDescription)")
      #expect(location.identifier.count == 12)
      _ = (location.isPlaceholder, location.fileExtension, SignedLink(query: text))
      guard let url = location.url else { continue }
      #expect(!HostClass(url.host).reason.isEmpty)
      #expect(AssetURL.read("\(url.scheme)://\(url.authority)\(url.requestTarget)").url?.host == url.host)
    }
  }

  @Test(arguments: ["https://u:secret@h.net/a", "https://u@h.net/a?secret", "https://h.net/a#secret"])
  func noDamageMakesASecretVisible(_ text: String) {
    // Damage goes to the end, where it spoils the text as a URL and leaves its parts where they were.
    for damage in [" ", "%", "\\", "\u{0}", "\u{202E}", "é", "|", "\r\n", "?", "#", "\u{301}"] {
      #expect(!AssetLocation(text + damage).displayText.contains("secret"), "\(damage.debugDescription)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func everyFileNameIsShownSafely(_ seed: UInt64) {
    var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<100 {
      let count = Int.random(in: 1...12, using: &generator)
      let bytes = (0..<count).map { _ in CChar.random(in: .min...(.max), using: &generator) | 1 }
      let shown = AssetLocation(path: FilePath(platformString: bytes + [0])).displayText
      #expect(Self.isHarmless(shown))
      #expect(!shown.unicodeScalars.contains("\u{FFFD}"))
    }
  }
}

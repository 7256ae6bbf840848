import Locations
import Testing

/// What people put where a URL belongs: a URL with something around it, or the content of the file.
@Suite struct PastedTextTests {
  static let url = "https://cdn.acme-studio.net/a_(1).png?w=3&h=4"

  @Test(arguments: [
    "\"\(url)\"", "'\(url)'", "<\(url)>", "`\(url)`", "(\(url))", "[\(url)]", "[a picture](\(url))",
    "![](\(url) \"title\")", "“\(url)”", "„\(url)“", "«\(url)»", " \(url)", "\(url)\n", "\t\(url) \r\n",
    "\(url)\"",
    "\(url)>", "\(url)\",", "\u{FEFF}\(url)\u{200B}", "<img src=\"\(url)\">", "<a href='\(url)'>x</a>",
    "[img]\(url)[/img]", "URL: \(url)", "url:\(url)", "Picture: \(url) (new)",
    url.replacing("/", with: "\\/"),
    url.replacing("&", with: "\\u0026"), "<\(url.replacing("&", with: "&amp;"))>",
  ])
  func theURLIsFound(_ text: String) {
    let location = AssetLocation(text)
    #expect(location.intended?.text == Self.url)
    #expect(location.url == nil && location.path == nil)
    #expect(location.problems.map(\.code) == [.wrapped])
    #expect(!location.displayText.contains("w=3") && location.displayText.contains("a_(1).png"))
    #expect(!location.isPlaceholder)
  }

  @Test(arguments: [
    "https://h.net/a?x=1&amp;y=2", "https://h.net/a?x=1&amp;amp;y=2", "https://h.net/a?x=1&#38;y=2",
    "https://h.net/a?x=1&#x26;y=2",
  ])
  func entitiesInAQuery(_ text: String) {
    let location = AssetLocation(text)
    #expect(location.url?.text == text && location.problems.isEmpty)
    #expect(location.intended?.text == "https://h.net/a?x=1&y=2")
  }

  @Test(arguments: [
    url, "https://h.net/f?u=https://o.net/a.png", "h.net/f?u=https://o.net/a.png", "blob:https://h.net/1",
    "https://h.net/a b.png", "https://h.net/a.png,", "https://h.net/(a)", "<string>", "<your-url>", "a.png",
    "",
    "https://h.net/a;b=1&amp", "shots/https/a.png", "\"a.png\"",
  ])
  func nothingIsMeant(_ text: String) { #expect(AssetLocation(text).intended == nil) }

  @Test(arguments: ["<https://example.com/a.png>", "\"https://www.example.com/a.png\"", "<string>"])
  func placeholders(_ text: String) { #expect(AssetLocation(text).isPlaceholder) }

  private static let noise: String = {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return String((0..<400).map { (index: Int) -> Character in alphabet[(index * 37 + index / 7) % 64] })
  }()

  private static let beginnings: [(String, String)] = [
    ("iVBORw0KGgoAAAANSUhEUg", "PNG"), ("/9j/4AAQSkZJRgABAQ", "JPEG"), ("UklGRiQAAABXRUJQVlA4", "WebP"),
    ("UklGRiQAAABXQVZFZm10", "WAV"), ("SUQzBAAAAAAA", "MP3"), ("AAAAIGZ0eXBpc29t", "MP4"),
    ("R0lGODlhAQABAIAA", "GIF"), ("image/png;base64,iVBORw0KGgo=", "PNG"), ("base64,iVBORw0KGgo=", "PNG"),
    ("base64:iVBORw0KGgo", "PNG"), ("\"iVBORw0KGgoAAAANSUhEUg", "PNG"), ("iVBORw0KGgoAAAANSUhEUg\n", "PNG"),
    ("", ""),
    ("-_", ""),
  ]

  @Test(arguments: beginnings) func base64(_ beginning: String, _ format: String) throws {
    let text = beginning.hasPrefix("\"") ? beginning + Self.noise + "\"" : beginning + Self.noise
    let location = AssetLocation(text)
    let problem = try #require(location.problems.first)
    #expect(
      problem.code == .embeddedContent && problem.message.contains("Base64")
        && problem.message.contains(format))
    #expect(location.displayText == "base64:…" && location.path == nil)
    #expect(problem.message.utf8.count < 120)
  }

  @Test(arguments: [
    "data:image/png;base64,iVBORw0KGgo=", "DATA:image/png;base64,x", " data:,x",
    "\"data:audio/wav;base64,UklG\"",
    "url(data:image/gif;base64,R0lGOD)", "data:image/svg+xml,%3Csvg%3E",
  ])
  func dataURLs(_ text: String) {
    let location = AssetLocation(text)
    #expect(location.problems.map(\.code) == [.schemeUnsupported] && location.displayText == "data:…")
  }

  @Test(arguments: [
    "shots/2026/A1/B2/c3.png", "/9j/a.png", "Users/Anna/Pictures/Holiday2026/Beach/Morning/First/a",
    "images/" + String(repeating: "longer-words-of-a-path/", count: 20) + "a", "C0FFEE", "data/a.png",
    "base64/a.png",
  ])
  func pathsAreNoContent(_ text: String) { #expect(AssetLocation(text).path != nil) }

  @Test func eightMegabytesTakeOnePass() {
    for text in [
      String(repeating: "A/b+", count: 2 << 20), "data:;base64," + String(repeating: "A/b+", count: 2 << 20),
    ] {
      let location = AssetLocation(text)
      #expect(location.displayText.utf8.count < 600 && location.url == nil)
    }
  }
}

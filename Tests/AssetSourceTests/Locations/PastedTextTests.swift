import Testing

@testable import AssetSource

/// What people put where a URL belongs: a URL with something around it, the content of the file, a credential.
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

  @Test(arguments: ["https://h.net/", "ftp://h.net/", "dir/", "\"https://h.net/"])
  func longLocationsAreShortened(_ start: String) {
    let location = AssetLocation(start + String(repeating: "ab.", count: 1200) + "end.png")
    #expect(location.displayText.unicodeScalars.count < 560)
  }

  @Test(arguments: [
    ("https://api.telegram.org/file/bot123456:AAEhS3cretS3cretS3cretX/photos/f.jpg", "a bot's token"),
    ("https://bots.acme-studio.net/bot99999%3AAAEhS3cretS3cretS3cret_-X/f.jpg", "a bot's token"),
    ("https://hooks.slack.com/services/T000/B000/S3cretS3cretS3cretS3cr", "the key of a Slack webhook"),
    ("https://files.slack.com/files-tmb/T0ABC-F0DEF-S3cretS3cr/f.png", "the secret of a Slack file"),
    ("https://slack-files.com/T0ABC-F0DEF-S3cretS3cr", "the secret of a Slack file"),
    ("https://discord.com/api/webhooks/1234/S3cretS3cretS3cretS3cret", "the token of a Discord webhook"),
    (
      "https://ptb.discord.com/api/v10/webhooks/1234/S3cretS3cretS3cretS3cret",
      "the token of a Discord webhook"
    ),
    ("https://acme.webhook.office.com/webhookb2/S3cretS3cretS3cret", "the key of a Teams webhook"),
    ("https://h.net/user:S3cret@/a.png", "a user name and password"),
    ("https://h.net/https://user:S3cret@o.acme-studio.net/a.png", "a user name and password"),
    ("https://h.net/token/S3cretS3cretS3cret/a.png", "an access token"),
    ("https://h.net/a;access_token=S3cretS3cret/a.png", "an access token"),
    ("https://h.net/ghp_S3cretS3cretS3cretS3cretS3cretS3cre/a.png", "an access token"),
    ("https://h.net/eyJhbGciOiJIUzI1NiJ9.eyJTM2NyZXQiOjF9.S3cretS3cret/a.png", "an access token"),
  ])
  func credentialsInPaths(_ text: String, _ what: String) throws {
    let url = try #require(AssetLocation(text).url)
    #expect(url.pathCredential == what)
    let noScheme = String(text.dropFirst("https://".count))
    for shown in [
      text, text + "?x=1", noScheme, "\"\(text)\"", "ftp" + text.dropFirst(5), text + " x", " " + text,
    ] {
      #expect(!AssetLocation(shown).displayText.contains("S3cret"), "\(shown)")
      #expect(!withoutSecrets(shown).contains("S3cret"), "\(shown)")
    }
  }

  @Test(arguments: [
    "https://cdn.acme-studio.net/2026/11/0f3b2c1d4e5f60718293a4b5c6d7e8f9/a.png",
    "https://cdn.acme-studio.net/npm/react:a@18.2.0/a.png", "https://cdn.acme-studio.net/@user/a.png",
    "https://cdn.acme-studio.net/robot/a.png", "https://cdn.acme-studio.net/bot123/a.png",
    "https://cdn.acme-studio.net/tokens/a.png", "https://cdn.acme-studio.net/token/a.png",
    "https://cdn.acme-studio.net/date=2026-11-27/a.png", "https://discord.com/channels/1/2/3",
    "https://cdn.discordapp.com/attachments/123456789012345678/123456789012345678/a.png",
    "https://cdn.acme-studio.net/w_300,h_200/v1700000000/a.png",
    "https://cdn.acme-studio.net/image:v2@2x.png",
  ])
  func ordinaryPaths(_ text: String) {
    #expect(AssetURL.read(text).url?.pathCredential == nil)
    #expect(AssetLocation(text).displayText == text)
  }
}

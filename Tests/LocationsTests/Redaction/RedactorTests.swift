import Locations
import SystemPackage
import Testing

/// One table for everything that could show a secret. The secrets are spelled `s3cret`, so that a text that shows one is
/// found whatever else it shows.
@Suite struct RedactorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let shown: String
    var testDescription: String { text }

    init(_ text: String, _ shown: String) { (self.text, self.shown) = (text, shown) }
  }

  static let urls: [Case] = [
    Case("https://h.net/a.png", "https://h.net/a.png"),
    Case("https://h.net/a.png?X-Amz-Signature=s3cret", "https://h.net/a.png?…"),
    Case("https://h.net/a.png#s3cret", "https://h.net/a.png"),
    Case("https://user:s3cret@H.net:8443/a.png?b#c", "https://h.net:8443/a.png?…"),
    Case("https://s3cret@h.net/a", "https://h.net/a"),
    Case("https://[::1]/a", "https://[::1]/a"),
  ]

  /// What cannot be read as a URL is shown only as far as it cannot be a secret.
  static let unreadable: [Case] = [
    Case("https://user:s3cr et-s3cret@h.net/a.png?s3cret", "https://…@h.net/a.png?…"),
    Case("https://user:s3/cr-s3cret@h.net/a.png", "https://…@h.net/a.png"),
    Case("https://user:s3cret?x@h.net/a.png", "https://…"),
    Case("https://user:s3cret#x@h.net/a.png", "https://…"),
    Case("https://h.net/a b.png?sig=s3cret", "https://h.net/a b.png?…"),
    Case("https://h.net/a b.png?mail=me@s3cret.net", "https://h.net/a b.png?…"),
    Case("//user:s3cret@h.net/a", "//…@h.net/a"),
    Case("user:s3cret@h.net//a.png", "…@…"),
    Case("user:s3//cr-s3cret@h.net/a.png", "…@…"),
    Case("data:image/png;base64,s3cret", "data:…"),
    Case("mailto:s3cret", "mailto:…"),
    Case("u:s3cret@h.com/a?x", "…@…"),
    Case("user:s3cret@h.com/a", "…@…"),
    Case("s3://bucket/key?s3cret", "s3://bucket/key?…"),
    Case("C:\\images\\a.png", "C:\\images\\a.png"),
    Case("https://h.net/\u{202E}a b", "https://h.net/\\u{202E}a b"),
  ]

  static let paths: [Case] = [
    Case("images/a.png", "images/a.png"),
    Case("images/?/a#1.png", "images/?/a#1.png"),
    Case("a\u{1B}[2J\u{202E}gnp\n.png", "a\\u{1B}[2J\\u{202E}gnp\\u{A}.png"),
    Case("a\u{0}b", "a\\u{0}b"),
    Case("می\u{200C}خواهم 👩\u{200D}🚀.png", "می\u{200C}خواهم 👩\u{200D}🚀.png"),
    Case("what?.png", "what?.png"), Case("why? a=b.png", "why? a=b.png"),
    Case("shots.v2/what?", "shots.v2/what?"), Case("a?=b", "a?=b"),
    Case("shots/is it?no.png", "shots/is it?no.png"), Case("what.now?then", "what.now?then"),
    Case("cdn.example.net/?.png", "cdn.example.net/?.png"),
    Case("(what?).png", "(what?).png"), Case("[1] a.png", "[1] a.png"),
    Case("me@2x.png", "me@2x.png"), Case("icons@2x/a.png", "icons@2x/a.png"),
    Case("./a:b@c.png", "./a:b@c.png"),
  ]

  /// A URL whose scheme was left out is read as a path, and still has its secrets.
  static let withoutScheme: [Case] = [
    Case("cdn.example.net/a.png?X-Amz-Signature=s3cret", "cdn.example.net/a.png?…"),
    Case("cdn.example.net/a.png?s3cret", "cdn.example.net/a.png?…"),
    Case("cdn.example.net./a.png?s3cret", "cdn.example.net./a.png?…"),
    Case("a.png?token=s3cret&x", "a.png?…"), Case("/a.png?x&sig=s3cret", "/a.png?…"),
    Case("localhost/a.png?a%5B0%5D=s3cret", "localhost/a.png?…"),
    Case("cdn.example.net?s3cret", "cdn.example.net?…"),
    Case("cdn.example.net/a?/s3cret", "cdn.example.net/a?…"),
    Case("10.0.0.1/a.png?s3cret", "10.0.0.1/a.png?…"),
    Case("1a.example.net:8080/a?s3cret", "1a.example.net:8080/a?…"),
    Case("localhost/a?s3cret", "localhost/a?…"),
    // A user's name is a secret like a password.
    Case("s3cret@h.net/a.png", "…@h.net/a.png"), Case("s3cret@h.net:80/a.png?x", "…@h.net:80/a.png?…"),
    Case("s3cret@localhost/a.png", "…@localhost/a.png"),
    Case("a_b:s3cret@h/a", "…@h/a"), Case("a_b:s3/cr-s3cret@h/a", "…@h/a"),
    Case("a_b:s3?cr-s3cret@h/a", "…@…"), Case("a_b:s3cret@h/a?m=x@s3cret", "…@h/a?…"),
  ]

  /// Brackets and quotation marks are copied along with a URL.
  static let wrapped: [Case] = [
    Case("<https://h.net/a.png?s3cret>", "<https://h.net/a.png?…>"),
    Case("'https://h.net/a.png?s3cret'", "'https://h.net/a.png?…'"),
    Case("(https://h.net/a.png?s3cret)", "(https://h.net/a.png?…)"),
    Case("\" h.net/a?s3cret\"", "\" h.net/a?…"), Case("<<https://u:s3cret@h.net/a>>", "<https://h.net/a>"),
    Case("url=https://h.net/a?s3cret", "url=https://h.net/a?…"), Case("(u_:s3cret@h/a)", "(…@h/a)"),
  ]

  static let credentials: [(String, String)] = [
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
    ("https://hooks.zapier.com/hooks/catch/1234/S3cretS3cretS3cret/", "the key of a Zapier webhook"),
    ("https://hook.eu1.make.com/S3cretS3cretS3cret", "the key of a Make webhook"),
    ("https://maker.ifttt.com/trigger/a/with/key/S3cretS3cretS3cret", "an IFTTT key"),
    ("https://maker.ifttt.com/trigger/a/json/with/key/S3cretS3cretS3cret", "an IFTTT key"),
    ("https://open.feishu.cn/open-apis/bot/v2/hook/S3cretS3cretS3cret", "the key of a Feishu webhook"),
    ("https://webhook.site/S3cretS3cretS3cret", "the key of a webhook"),
    ("https://h.net/user:S3cret@/a.png", "a user name and password"),
    ("https://h.net/user:S3cret@localhost/a.png", "a user name and password"),
    ("https://h.net/user:S3cret@acme.net/a.png", "a user name and password"),
    ("https://h.net/https://user:S3cret@o.acme-studio.net/a.png", "a user name and password"),
    ("https://h.net/token/S3cretS3cretS3cret/a.png", "an access token"),
    ("https://h.net/a;access_token=S3cretS3cret/a.png", "an access token"),
    ("https://h.net/ghp_S3cretS3cretS3cretS3cretS3cretS3cre/a.png", "an access token"),
    ("https://h.net/eyJhbGciOiJIUzI1NiJ9.eyJTM2NyZXQiOjF9.S3cretS3cret/a.png", "an access token"),
  ]

  static let locations = [urls, unreadable, paths, withoutScheme, wrapped].flatMap(\.self)

  @Test(arguments: locations) func locationsAreShownWithoutSecrets(_ expected: Case) {
    let location = AssetLocation(expected.text)
    #expect(location.text == expected.text)
    #expect(location.displayText == expected.shown)
  }

  /// Every way to show a text, over every text above.
  @Test(
    arguments: locations.map(\.text).filter { !$0.hasPrefix("data:") && !$0.hasPrefix("mailto:") }
      + credentials.map(\.0))
  func noWayToShowATextShowsASecret(_ text: String) {
    for text in [text, text + "?x=1", "\"\(text)\"", "see \(text) now", " " + text, text + " x"] {
      let shown = [
        AssetLocation(text).displayText, AssetLocation(text).url?.displayText ?? "",
        Redactor.shown(url: text), Redactor.value(text), Redactor.words(text),
        Redactor.message(text, limit: 500), Redactor.message("{\"url\":\"\(text)\"}", limit: 500),
      ]
      // A text of several words is neither a location nor a value.
      let isOneWord = !text.hasPrefix("see ")
      for (index, way) in shown.enumerated() where isOneWord || index > 3 {
        #expect(!way.lowercased().contains("s3cret"), "\(index) of \(text)")
      }
    }
  }

  @Test(arguments: credentials) func credentialsInPaths(_ text: String, _ what: String) throws {
    let url = try #require(AssetLocation(text).url)
    #expect(url.pathCredential == what)
    #expect(!url.textWithQuery.contains("S3cret"))
    for other in [String(text.dropFirst("https://".count)), "ftp" + text.dropFirst(5)] {
      #expect(!AssetLocation(other).displayText.contains("S3cret"))
      #expect(!Redactor.value(other).contains("S3cret"))
    }
  }

  @Test(arguments: [
    "https://cdn.acme-studio.net/2026/11/0f3b2c1d4e5f60718293a4b5c6d7e8f9/a.png",
    "https://cdn.acme-studio.net/npm/react:a@18.2.0/a.png", "https://cdn.acme-studio.net/@user/a.png",
    "https://cdn.acme-studio.net/npm/react:a@18.2.0.1/a.png",
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

  @Test(arguments: [
    Case("#ffcc00", "#ffcc00"), Case("what?", "what?"), Case("a/b", "a/b"), Case("720p", "720p"),
    Case("https://h.net/a", "https://h.net/a"), Case("https://h.net/a?s3cret", "https://h.net/a?…"),
    Case("a\u{1B}b", "a\u{1B}b"), Case("anna@acme.net", "anna@acme.net"),
  ])
  func valuesStayAsTheyAre(_ expected: Case) {
    #expect(Redactor.value(expected.text) == expected.shown)
  }

  @Test(arguments: [
    Case("a  slow\tpan\n", "a  slow\tpan\n"),
    Case("like https://h.net/a?k=s3cret but slow", "like https://h.net/a?… but slow"),
  ])
  func wordsKeepTheirSpaces(_ expected: Case) {
    #expect(Redactor.words(expected.text) == expected.shown)
  }

  @Test(arguments: [
    Case("plain words", "plain words"), Case("is it public? a=b", "is it public? a=b"),
    Case("cannot get cdn.acme.net/a.png?sig=s3cret, sorry", "cannot get cdn.acme.net/a.png?… sorry"),
    Case("('http://u:s3cret@h.net/b?c=d')", "('http://h.net/b?…')"),
    Case("{\"u\":\"https://h.net/a?k=s3cret\"}", "{\"u\":\"https://h.net/a?…\"}"),
    Case("key the-s3cret-key of s3cret@h.net/a", "key … of …@h.net/a"),
    Case("the-s3cret-key\u{301}", "…\u{301}"), Case("h.net/a?the-s3cret-key, x", "h.net/a?…, x"),
    Case("/a?the-s3cret-key&sig=s3cret", "/a?…"), Case("a\u{1B}[2J\u{202E}b", "a\\u{1B}[2J\\u{202E}b"),
    Case("://user:s3cret@h/x", "…@…"),
  ])
  func messagesAreShownWithoutSecrets(_ expected: Case) {
    #expect(
      Redactor.message(expected.text, hiding: ["", "the-s3cret-key"], limit: 200) == expected.shown)
  }

  @Test func messagesAreCutBetweenEscapes() {
    #expect(Redactor.message(String(repeating: "x", count: 80), limit: 80).count == 80)
    #expect(
      Redactor.message(String(repeating: "x", count: 81), limit: 80) == String(repeating: "x", count: 79)
        + "…")
    #expect(
      Redactor.message(String(repeating: "\u{202E}", count: 20), limit: 80)
        == String(repeating: #"\u{202E}"#, count: 9) + "…")
  }

  @Test(arguments: [
    Case("https://h.net/a.mp4?k=s3cret", "https://h.net/a.mp4?…"), Case("a.mp4?s3cret", "a.mp4?…"),
    Case("u:s3cret@h.net/a.mp4", "…@…"), Case("files/a#s3cret", "files/a?…"),
    Case("h.net/a\u{1B}?s3cret", "h.net/a\\u{1B}?…"),
  ])
  func aTextThatIsAURLKeepsNoQuery(_ expected: Case) {
    #expect(Redactor.shown(url: expected.text) == expected.shown)
  }

  @Test func theQueryIsShownWhereItIsRequested() throws {
    func text(_ text: String) -> String { AssetLocation(text).textWithQuery }
    #expect(text("https://h.net/a?k=v#s3cret") == "https://h.net/a?k=v")
    #expect(text("https://u:s3cret@h.net?k=v") == "https://h.net/?k=v")
    #expect(text("https://u:s3cret@h.net /?k=s3cret") == "https://…@h.net /?…")
    #expect(text("h.net/a?k=v") == "h.net/a?k=v")
    #expect(text("u_:s3cret@h/a") == "…@h/a")
  }

  @Test(arguments: ["https://h.net/", "ftp://h.net/", "dir/", "\"https://h.net/"])
  func longLocationsAreShortened(_ start: String) {
    let location = AssetLocation(start + String(repeating: "ab.", count: 1200) + "end.png")
    #expect(location.displayText.unicodeScalars.count < 560)
  }

  @Test func longTextsThatAreNotURLsAreCut() {
    #expect(AssetLocation("ftp://" + String(repeating: "a", count: 100_000)).displayText.count < 300)
  }

  /// What was found on the disk is not a URL.
  @Test func aFileKeepsItsName() {
    #expect(AssetLocation(path: "a.png?v=1").displayText == "a.png?v=1")
    #expect(AssetLocation("a.png?v=1").shownPath == nil && AssetLocation("a.png").shownPath == "a.png")
  }

  @Test func bytesThatAreNotUTF8AreShown() {
    let path = FilePath(platformString: [
      CChar(bitPattern: 0x61), CChar(bitPattern: 0xFF), CChar(bitPattern: 0xC3), 0,
    ])
    #expect(AssetLocation(path: path).path == path)
    #expect(AssetLocation(path: path).displayText == "a\\xFF\\xC3")
  }

  @Test func redactedLocationsAreToldApart() {
    // printf %s 'https://h.net/a?1' | sha256sum
    #expect(AssetLocation("https://h.net/a?1").identifier == "acb247e13b38")
    #expect(AssetLocation("https://h.net/a?2").identifier != AssetLocation("https://h.net/a?1").identifier)
  }

  @Test(arguments: [
    ("cdn.example.net/a.png", true), ("localhost/a.png", true), ("10.0.0.1/a.png", true),
    ("h.net./a.png", true), ("cdn.example.net", false), ("shot.final.png", false), ("./a.b/c.png", false),
    ("shots/a.png", false), ("v1.2/a.png", false), ("/h.net/a", false), ("https://h.net/a", false),
  ])
  func aHostWithoutSchemeIsGuessed(_ text: String, _ looksLikeHost: Bool) {
    #expect(AssetLocation(text).looksLikeHost == looksLikeHost)
  }
}

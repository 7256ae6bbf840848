import AssetSource
import SystemPackage
import Testing

@Suite struct AssetLocationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let shown: String
    var testDescription: String { text }

    init(_ text: String, _ shown: String) { (self.text, self.shown) = (text, shown) }
  }

  @Test(arguments: [
    Case("https://h.net/a.png", "https://h.net/a.png"),
    Case("https://h.net/a.png?X-Amz-Signature=secret", "https://h.net/a.png?…"),
    Case("https://h.net/a.png#secret", "https://h.net/a.png"),
    Case("https://user:secret@H.net:8443/a.png?b#c", "https://h.net:8443/a.png?…"),
    Case("https://[::1]/a", "https://[::1]/a"),
    // What cannot be read is shown only as far as it cannot be a secret.
    Case("https://user:sec ret@h.net/a.png?secret", "https://…@h.net/a.png?…"),
    Case("https://user:sec/ret@h.net/a.png", "https://…@h.net/a.png"),
    Case("https://user:sec?ret@h.net/a.png", "https://…"),
    Case("https://user:sec#ret@h.net/a.png", "https://…"),
    Case("https://h.net/a b.png?sig=secret", "https://h.net/a b.png?…"),
    Case("https://h.net/a b.png?mail=me@secret.net", "https://h.net/a b.png?…"),
    Case("//user:secret@h.net/a", "//…@h.net/a"),
    Case("user:secret@h.net//a.png", "…@…"),
    Case("user:sec//ret@h.net/a.png", "…@…"),
    Case("data:image/png;base64,secret", "data:…"),
    Case("mailto:secret", "mailto:…"),
    Case("u:secret@h.com/a?x", "…@…"),
    Case("u:secret@h.com/a", "…@…"),
    Case("user:secret@h.com/a", "…@…"),
    Case("s3://bucket/key?secret", "s3://bucket/key?…"),
    Case("C:\\images\\a.png", "C:\\images\\a.png"),
    Case("https://h.net/\u{202E}a b", "https://h.net/\\u{202E}a b"),
    Case("images/a.png", "images/a.png"),
    Case("images/?/a#1.png", "images/?/a#1.png"),
    Case("a\u{1B}[2J\u{202E}gnp\n.png", "a\\u{1B}[2J\\u{202E}gnp\\u{A}.png"),
    Case("a\u{0}b", "a\\u{0}b"),
    Case("می\u{200C}خواهم 👩\u{200D}🚀.png", "می\u{200C}خواهم 👩\u{200D}🚀.png"),
  ])
  func showsNoSecrets(_ expected: Case) {
    let location = AssetLocation(expected.text)
    #expect(location.text == expected.text)
    #expect(location.displayText == expected.shown)
  }

  @Test func shortensWhatIsNoURL() {
    let location = AssetLocation("ftp://" + String(repeating: "a", count: 100_000))
    #expect(location.displayText.count < 300)
  }

  @Test(arguments: [
    "a.png", "./a:b.png", "/a.png", "~/a.png", "a%20b.png", "", "1a:b", "/x//h.net", "a/b:c", "\\\\h\\a",
  ])
  func takesForPath(_ text: String) {
    let location = AssetLocation(text)
    #expect(location.path == FilePath(text))
    #expect(location.url == nil)
    #expect(location.problems.isEmpty)
  }

  @Test(arguments: ["http:", "HTTP://h", "//h.net/a", "x:y", "C:\\a.png", "a+b-c.d:", "h.net:80/a"])
  func takesForURL(_ text: String) {
    #expect(AssetLocation(text).path == nil)
  }

  @Test func keepsTheBytesOfPathsThatAreNotUTF8() {
    let path = FilePath(platformString: [
      CChar(bitPattern: 0x61), CChar(bitPattern: 0xFF), CChar(bitPattern: 0xC3), 0,
    ])
    let location = AssetLocation(path: path)
    #expect(location.path == path)
    #expect(location.displayText == "a\\xFF\\xC3")
  }

  /// A URL whose scheme was left out is taken for a path, and has its secrets all the same.
  @Test(arguments: [
    ("cdn.example.net/a.png?X-Amz-Signature=s3cret", "cdn.example.net/a.png?…"),
    ("cdn.example.net/a.png?s3cret", "cdn.example.net/a.png?…"), ("a.png?token=s3cret&x", "a.png?…"),
    ("/a.png?x&sig=s3cret", "/a.png?…"), ("localhost/a.png?a%5B0%5D=s3cret", "localhost/a.png?…"),
    ("what?.png", "what?.png"), ("why? a=b.png", "why? a=b.png"), ("shots.v2/what?", "shots.v2/what?"),
    ("a?=b", "a?=b"), ("shots/is it?no.png", "shots/is it?no.png"),
    ("cdn.example.net/?.png", "cdn.example.net/?.png"), ("cdn.example.net?s3cret", "cdn.example.net?…"),
    ("cdn.example.net/a?/s3cret", "cdn.example.net/a?…"), ("10.0.0.1/a.png?s3cret", "10.0.0.1/a.png?…"),
    ("1a.example.net:8080/a?s3cret", "1a.example.net:8080/a?…"), ("localhost/a?s3cret", "localhost/a?…"),
    ("what.now?then", "what.now?then"),
    // Brackets and quotation marks come along with what is pasted.
    ("<https://h.net/a.png?s3cret>", "<https://h.net/a.png?…>"),
    ("'https://h.net/a.png?s3cret'", "'https://h.net/a.png?…'"),
    ("(https://h.net/a.png?s3cret)", "(https://h.net/a.png?…)"), ("\" h.net/a?s3cret\"", "\" h.net/a?…"),
    ("<<https://u:s3cret@h.net/a>>", "<https://h.net/a>"),
    ("url=https://h.net/a?s3cret", "url=https://h.net/a?…"),
    ("(what?).png", "(what?).png"), ("[1] a.png", "[1] a.png"),
    // A user's name is a secret like a password.
    ("s3cret@h.net/a.png", "…@h.net/a.png"), ("s3cret@h.net:80/a.png?x", "…@h.net:80/a.png?…"),
    ("a_b:s3cret@h/a", "…@h/a"), ("a_b:s3/cret@h/a", "…@h/a"), ("a_b:s3?cret@h/a", "…@…"),
    ("a_b:s3cret@h/a?m=x@s3cret", "…@h/a?…"), ("(u_:s3cret@h/a)", "(…@h/a)"),
    ("me@2x.png", "me@2x.png"), ("icons@2x/a.png", "icons@2x/a.png"), ("./a:b@c.png", "./a:b@c.png"),
  ])
  func aPathKeepsNoQuery(_ text: String, _ shown: String) {
    #expect(AssetLocation(text).displayText == shown)
    let location = AssetLocation(text)
    #expect(location.path == (location.intended == nil ? FilePath(text) : nil))
  }

  /// What was found on the disk is no URL.
  @Test func aFileKeepsItsName() {
    #expect(AssetLocation(path: "a.png?v=1").displayText == "a.png?v=1")
  }

  @Test func tellsRedactedLocationsApart() {
    // printf %s 'https://h.net/a?1' | sha256sum
    #expect(AssetLocation("https://h.net/a?1").identifier == "acb247e13b38")
    #expect(AssetLocation("https://h.net/a?2").identifier != AssetLocation("https://h.net/a?1").identifier)
  }

  struct Extension: Sendable, CustomTestStringConvertible {
    let text: String
    let result: String?
    var testDescription: String { text }

    init(_ text: String, _ result: String?) { (self.text, self.result) = (text, result) }
  }

  @Test(arguments: [
    Extension("https://h.net/a.PNG?name=b.mp4#c.wav", "png"),
    Extension("https://h.net/a.p%6Eg", "png"),
    Extension("https://h.net/a.tar.gz", "gz"),
    Extension("https://h.net/a.png/", nil),
    Extension("https://h.net/a.b/c", nil),
    Extension("https://h.net/.png", nil),
    Extension("https://h.net/a.", nil),
    Extension("https://h.net/a.png;v=1", nil),
    Extension("https://h.net/a.%ff", nil),
    Extension("https://h.net/a.png%00", nil),
    Extension("https://h.net", nil),
    Extension("ftp://h.net/a.png", nil),
    Extension("b/a.JPG", "jpg"),
    Extension("b.png/a", nil),
    Extension("a.p%6Eg", nil),
    Extension("a.jpég", nil),
    Extension("", nil),
  ])
  func findsTheExtension(_ expected: Extension) {
    #expect(AssetLocation(expected.text).fileExtension == expected.result)
  }

  @Test(arguments: [
    "<string>", "<your image url>", "<>", "https://example.com/start-frame.jpg",
    "https://www.example.com/webhook",
    "HTTP://EXAMPLE.COM.", "example.com/x.png", "Example.com", "img.example.com:8080/x.png",
    "ftp://example.com/a",
    "//example.com/a", "https://user@example.com/a", "https://example.com/a b", "s3://a.b.example.com",
    "https://example.com\\a",
  ])
  func recognisesPlaceholders(_ text: String) {
    #expect(AssetLocation(text).isPlaceholder)
  }

  @Test(arguments: [
    "https://example.net/a", "https://example.org/a", "https://notexample.com/a",
    "https://example.com.evil.net/a",
    "https://h.net/example.com", "https://h.net/?u=https://example.com/", "images/example.com/a.png",
    "example.png",
    "./example.com", "", "<", "<a", "a>", "https://example.com@h.net/",
  ])
  func doesNotSuspectRealLocations(_ text: String) {
    #expect(!AssetLocation(text).isPlaceholder)
  }
}

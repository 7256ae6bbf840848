import Locations
import SystemPackage
import Testing

@Suite struct AssetLocationTests {
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

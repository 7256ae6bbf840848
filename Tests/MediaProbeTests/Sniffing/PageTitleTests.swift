import MediaFacts
import Testing

@testable import MediaReading

@Suite struct PageTitleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let title: String?
    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ title: String?) {
      (self.name, self.bytes, self.title) = (name, bytes, title)
    }

    init(_ page: String, _ title: String?) {
      self.init(String(page.prefix(100)), Array(page.utf8), title)
    }
  }

  static let markup: [Case] = [
    Case("<!DOCTYPE html><title>Sign in - Google Accounts</title>", "Sign in - Google Accounts"),
    Case("<html><head><TITLE lang='en' data-x='>'>\n  A\t\tlake \n</TITLE >", "A lake"),
    Case("<html><title>a<b>c</b></title>", "a<b>c</b>"),
    Case("<html><title>a</titles>b</title\n>", "a</titles>b"),
    Case("<html><!-- <title>no</title> --><title>yes</title>", "yes"),
    Case("<html><!--><title>yes</title>", "yes"),
    Case("<html><script>'<title>no</title>'</script><style>/*<title>*/</style><title>yes</title>", "yes"),
    Case("<html><svg><title>Icon</title></svg><title>yes</title>", "yes"),
    Case("<html><svg/><svg width='1' /><title>yes</title>", "yes"),
    Case("<html><titles>no</titles><title>yes</title><title>late</title>", "yes"),
    Case("<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><title>X</title>", "X"),
    Case("<html><title></title>", nil), Case("<html><title> \n&nbsp;</title>", nil),
    Case("<html><title>unclosed <p>", nil), Case("<html><title", nil),
    Case("<html><title a='>x</title>", nil),
    Case("<html><!-- unclosed <title>x</title>", nil), Case("<html><script><title>x</title>", nil),
    Case("<html><p>no title</p>", nil),
    Case("plain <title>text</title>", nil), Case("{\"a\": \"<title>x</title>\"}", nil),
  ]

  static let references: [Case] = [
    Case("<html><title>A &amp; B &lt;c&gt; &quot;d&quot; &apos;e&apos;</title>", "A & B <c> \"d\" 'e'"),
    Case("<html><title>&amp;lt; &amp;amp;</title>", "&lt; &amp;"),
    Case("<html><title>it&#39;s &#x2014; &#X41; &ndash;</title>", "it's — A –"),
    Case(
      "<html><title>&#150; &#0; &#xD800; &#x110000;</title>",
      "– \u{FFFD} \u{FFFD} \u{FFFD}"),
    Case(
      "<html><title>& &; &# &#; &#x; &unknown; &amp &#+65; &#4294967296;</title>",
      "& &; &# &#; &#x; &unknown; &amp &#+65; &#4294967296;"),
    Case("<html><title>&#27;[31m&#x202E;x</title>", "\u{1B}[31m\u{202E}x"),
  ]

  static let encodings: [Case] = [
    Case("<html><title>Größe 日本 \u{301}</title>", "Größe 日本 \u{301}"),
    Case("\u{FEFF}\u{FEFF} \n<!-- ü --><html><title>ü</title>", "ü"),
    Case("Latin-1", latin("<html><title>Gr\u{F6}\u{DF}e \u{93}a\u{94}</title>"), "Größe “a”"),
    Case(
      "declared Latin-1", latin("<html><meta charset = 'ISO-8859-1'><title>\u{E9}t\u{E9}</title>"), "été"),
    Case(
      "declared Latin-1, as XML",
      latin("<?xml version='1.0' encoding=\"iso-8859-1\"?><html><title>\u{E9}</title>"), "é"),
    Case("declared UTF-8", latin("<html><meta charset=utf-8><title>\u{E9}t</title>"), "\u{FFFD}t"),
    Case(
      "declared Cyrillic", latin("<html><meta charset=windows-1251><title>A \u{C0}</title>"), "A \u{FFFD}"),
    Case("little-endian UTF-16", utf16("<html><title>Größe 日本 🏔</title>", little: true), "Größe 日本 🏔"),
    Case("big-endian UTF-16", utf16("<html><title>Größe</title>", little: false), "Größe"),
    Case("half a unit", utf16("<html><title>a</title>", little: true) + [7], "a"),
    Case(
      "a surrogate alone",
      utf16("<html><title>a", little: true) + [0, 0xD8] + "</title>".utf8.flatMap { [$0, 0] },
      "a\u{FFFD}"),
    Case("<html><head><title>a page with a bell \u{7} in it</title>", "a page with a bell \u{7} in it"),
    Case("<html>\u{0}<title>too little of a page</title>", nil),
  ]

  static let places: [Case] = [
    Case("after 16 KiB", Array("<html>".utf8) + pad(20_000) + Array("<title>a</title>".utf8), "a"),
    Case("across 16 KiB", Array("<html>".utf8) + pad(16_373) + Array("<title>a</title>".utf8), "a"),
    Case("after 64 KiB", Array("<html>".utf8) + pad(70_000) + Array("<title>a</title>".utf8), nil),
    Case(
      "a long title", Array("<title>".utf8) + pad(40_000, "é") + Array("</title>".utf8),
      String(repeating: "é", count: 256)),
    Case(
      "a long title of short words", Array("<title>".utf8) + pad(40_000, "é ") + Array("</title>".utf8),
      "é" + String(repeating: " é", count: 127)),
  ]

  @Test(arguments: [markup, references, encodings, places].flatMap(\.self))
  func finds(_ expected: Case) throws {
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(expected.bytes), budget: Budget()))
    #expect(facts.pageTitle == expected.title)
    if expected.title != nil { #expect(facts.format?.id == "html") }
  }

  @Test func aPageThatIsLongReadsNoMoreThanItsBeginning() throws {
    let page = Array("<html>".utf8) + Self.pad(1 << 20)
    let reader = MeteredReader(AudioBytes(page), budget: Budget())
    #expect(try Sniffer.identify(reader).format?.id == "html")
    let titled = MeteredReader(AudioBytes(Array("<title>a</title>".utf8) + page), budget: Budget())
    #expect(try Sniffer.identify(titled).pageTitle == "a")
    #expect(titled.bytesRead < reader.bytesRead)
    #expect(reader.bytesRead <= 160 << 10)
  }

  /// Shapes that make a careless search start again and again.
  @Test(arguments: [
    "<title", "<title>", "<title ", "<script>", "<svg>", "<svg/>", "<svg ", "<!--", "<!-->", "</title",
    "&amp", "<", "<t a='",
  ])
  func repetitionsEnd(_ piece: String) throws {
    let page = Array("<html>".utf8) + Self.pad(100_000, piece)
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(page), budget: Budget()))
    #expect(facts.format?.id == "html")
    #expect(facts.pageTitle == nil)
  }

  private static func pad(_ count: Int, _ piece: String = "<p>blah</p>\n") -> [UInt8] {
    Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
  }

  private static func latin(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  private static func utf16(_ text: String, little: Bool) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return little ? bytes : bytes.reversed()
    }
  }
}

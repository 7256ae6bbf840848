import Testing

@testable import WanReport

@Suite struct MarkupTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var escaped: String

    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: "plain name.png", escaped: "plain name.png"),
    Case(text: "<script>alert(1)</script>", escaped: "&lt;script&gt;alert(1)&lt;/script&gt;"),
    Case(text: "\"><img src=x onerror='x'>", escaped: "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"),
    Case(text: "a&lt;b", escaped: "a&amp;lt;b"),
    Case(text: "a\u{202E}gpj.exe", escaped: "a\\u{202E}gpj.exe"),
    Case(text: "a\nb\u{1B}[31m\u{0}", escaped: "a\\u{A}b\\u{1B}[31m\\u{0}"),
    // A combining mark after a sign makes another `Character`, but a browser still reads the sign.
    Case(text: "<\u{0301}script>", escaped: "&lt;\u{0301}script&gt;"),
    Case(text: "\"\u{0301} onclick=x", escaped: "&quot;\u{0301} onclick=x"),
  ])
  func text(_ item: Case) {
    #expect(Markup.escaped(item.text) == item.escaped)
    let markup: Markup = "<p title=\"\(item.text)\">\(item.text)</p>"
    #expect(markup.text == "<p title=\"\(item.escaped)\">\(item.escaped)</p>")
  }

  @Test func markupStaysMarkup() {
    let inner: Markup = "<b>\("&")</b>"
    let missing: Markup? = nil
    let outer: Markup = "<p>\(inner)\([inner, inner])\(missing)\(7)</p>"
    #expect(outer.text == "<p><b>&amp;</b><b>&amp;</b><b>&amp;</b>7</p>")
  }
}

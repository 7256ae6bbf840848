import AssetOpening
import Locations
import Testing

@testable import AssetSource

@Suite struct RedirectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let base: String
    let reference: String
    let target: String?
    var testDescription: String { "\(base) + \(reference)" }

    init(_ reference: String, from base: String = "https://a.test/x/y?q=1", _ target: String?) {
      (self.base, self.reference, self.target) = (base, reference, target)
    }
  }

  static let references: [Case] = [
    Case("https://b.test/z", "https://b.test/z"),
    Case("HTTP://B.test/z", "HTTP://B.test/z"),
    Case("//b.test/z", "https://b.test/z"),
    Case("/z", "https://a.test/z"),
    Case("z", "https://a.test/x/z"),
    Case("./z", "https://a.test/x/z"),
    Case("../z", "https://a.test/z"),
    Case("../../../z", "https://a.test/z"),
    Case("/a/./b/../c//d?e=../f", "https://a.test/a/c//d?e=../f"),
    Case("..", "https://a.test/"),
    Case("?r=2", "https://a.test/x/y?r=2"),
    Case("?r=2", from: "https://a.test", "https://a.test/?r=2"),
    Case("z", from: "https://a.test", "https://a.test/z"),
    Case("/z", from: "http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/z"),
    Case("/a%2Fb?sig=%2b%20&x", "https://a.test/a%2Fb?sig=%2b%20&x"),
    Case("/a b/é.png", "https://a.test/a%20b/%C3%A9.png"),
    Case("/a//b é", "https://a.test/a//b%20%C3%A9"),
    Case("ftp://b.test/z", nil),
    Case("javascript:alert(1)", nil),
    Case("file:///etc/passwd", nil),
    Case("https://", nil),
    Case("/a\u{1}b", nil),
  ]

  @Test(arguments: references) func referencesResolve(_ value: Case) throws {
    let base = try #require(AssetURL.read(value.base).url)
    #expect(base.resolving(value.reference).url?.text == value.target)
  }

  private func trail() throws -> RedirectTrail {
    RedirectTrail(try #require(AssetURL.read("https://a.test/0").url))
  }

  private func failure(_ trail: inout RedirectTrail, _ location: String?) -> AssetError? {
    do throws(AssetError) {
      try trail.follow(location)
      return nil
    } catch {
      return error
    }
  }

  @Test func fiveAreFollowedAndNoMore() throws {
    var trail = try trail()
    for hop in 1...5 { try trail.follow("/\(hop)") }
    #expect(trail.url.text == "https://a.test/5")
    #expect(trail.count == 5)
    #expect(failure(&trail, "/6")?.code == .unreachable)
  }

  @Test func aCircleIsARefusal() throws {
    var trail = try trail()
    try trail.follow("/1")
    #expect(failure(&trail, "https://A.test:443/0#other")?.code == .refused)
  }

  @Test(arguments: [nil, "", "https://user:secret@b.test/", "http://[::1", "/a\\b"])
  func unusableTargetsAreRefusals(_ location: String?) throws {
    var trail = try trail()
    let failure = try #require(failure(&trail, location))
    #expect(failure.code == .refused)
    #expect(!failure.message.contains("secret"))
  }

  @Test func anotherSchemeIsNamedSo() throws {
    var trail = try trail()
    #expect(failure(&trail, "ftp://b.test/z")?.code == .schemeUnsupported)
  }
}

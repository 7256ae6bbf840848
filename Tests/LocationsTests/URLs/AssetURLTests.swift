import Locations
import Testing

@Suite struct AssetURLTests {
  struct Parts: Sendable, CustomTestStringConvertible {
    let text: String
    let host: String
    var port: UInt16?
    var target: String
    var fragment: String?
    var testDescription: String { text }

    init(_ text: String, host: String, port: UInt16? = nil, target: String = "/", fragment: String? = nil) {
      (self.text, self.host, self.port, self.target, self.fragment) = (text, host, port, target, fragment)
    }
  }

  @Test(arguments: [
    Parts("https://cdn.example.net/a.png", host: "cdn.example.net", target: "/a.png"),
    Parts("HTTPS://CDN.Example.NET./a.png", host: "cdn.example.net", target: "/a.png"),
    Parts("http://h.net", host: "h.net"),
    Parts("http://h.net?x=1", host: "h.net", target: "/?x=1"),
    Parts("http://h.net#top", host: "h.net", fragment: "top"),
    Parts("http://h.net:8080/", host: "h.net", port: 8080),
    Parts("http://h.net:/", host: "h.net"),
    Parts("http://h.net:65535/", host: "h.net", port: 65535),
    Parts(
      "https://h.net/a%2Fb//c?sig=%2b%2B+/?&#f?g", host: "h.net", target: "/a%2Fb//c?sig=%2b%2B+/?&",
      fragment: "f?g"),
    Parts("https://h.net/?", host: "h.net", target: "/?"),
    Parts("https://h.net/@user/a:b.png", host: "h.net", target: "/@user/a:b.png"),
    Parts("https://my_bucket.s3.net/", host: "my_bucket.s3.net"),
    Parts("https://bücher.net/", host: "xn--bcher-kva.net"),
    Parts("https://BÜCHER。net/", host: "xn--bcher-kva.net"),
    Parts("https://faß.de/", host: "xn--fa-hia.de"),
    Parts("https://ⓔxample.net/", host: "example.net"),
    Parts("https://xn--bcher-kva.net/", host: "xn--bcher-kva.net"),
    Parts("http://１２７.０.０.１/", host: "127.0.0.1"),
    Parts("http://0x7f.1/", host: "127.0.0.1"),
    Parts("http://2130706433/", host: "127.0.0.1"),
    Parts("http://[::FFFF:127.0.0.1]:80/x", host: "::ffff:127.0.0.1", port: 80, target: "/x"),
    Parts("http://[2001:DB8:0:0:1::]/", host: "2001:db8:0:0:1::"),
  ])
  func takesApart(_ expected: Parts) throws {
    let reading = AssetURL.read(expected.text)
    #expect(reading.problems.isEmpty)
    let url = try #require(reading.url)
    #expect(url.text == expected.text)
    #expect(url.host.text == expected.host)
    #expect(url.port == expected.port)
    #expect(url.requestTarget == expected.target)
    #expect(url.fragment == expected.fragment)
    #expect(!url.hasCredentials)
    #expect(url.isSecure == expected.text.lowercased().hasPrefix("https:"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let codes: [AssetURLProblem.Code]
    var testDescription: String { String(text.prefix(80)) }

    init(_ text: String, _ codes: AssetURLProblem.Code...) { (self.text, self.codes) = (text, codes) }
  }

  @Test(arguments: [
    Refusal("", .empty),
    Refusal("cat.png", .schemeMissing),
    Refusal("//h.net/a.png", .schemeMissing),
    Refusal("h.net:8080/a.png", .schemeMissing),
    Refusal("localhost:8080", .schemeMissing),
    Refusal("ftp://h.net/a.png", .schemeUnsupported),
    Refusal("data:image/png;base64,AAAA", .schemeUnsupported),
    Refusal("file:///etc/passwd", .schemeUnsupported),
    Refusal("javascript:alert(1)", .schemeUnsupported),
    Refusal("s3://bucket/key", .schemeUnsupported),
    Refusal("C:\\images\\a.png", .schemeUnsupported),
    Refusal("http:h.net", .hostMissing),
    Refusal("http:/h.net/a", .hostMissing),
    Refusal("http:\\\\h.net\\a", .backslash, .hostMissing),
    Refusal("http://", .hostMissing),
    Refusal("http:///a.png", .hostMissing),
    Refusal("http://:80/", .hostMissing),
    Refusal("http://./", .hostMissing),
    Refusal("http://?q", .hostMissing),
    Refusal("http://h.net:0/", .badPort),
    Refusal("http://h.net:65536/", .badPort),
    Refusal("http://h.net:99999999999999999999/", .badPort),
    Refusal("http://h.net:http/", .badPort),
    Refusal("http://h.net:+80/", .badPort),
    Refusal("http://h.net:８０/", .badPort),
    Refusal("http://h.net/a b.png", .whitespace),
    Refusal("http://h.net/a.png\n", .whitespace),
    Refusal("http://h.net/a.png\r\n", .whitespace),
    Refusal(" http://h.net/a.png", .schemeMissing),
    Refusal("http://h .net/", .whitespace),
    Refusal("http://h.net/a\u{0}b", .controlCharacter),
    Refusal("http://h.net/a\u{7F}b", .controlCharacter),
    Refusal("http://h.net\\@evil.net/", .credentials, .backslash),
    Refusal("http://h.net/a\\b", .backslash),
    Refusal("http://h.net/%", .badEscape),
    Refusal("http://h.net/%4", .badEscape),
    Refusal("http://h.net/%zz?a=%20", .badEscape),
    Refusal("http://h.net/?a=%-1", .badEscape),
    Refusal("http://h.net/é.png", .unencodedCharacter),
    Refusal("http://h.net/a|b", .unencodedCharacter),
    Refusal("http://h.net/?a[0]=1", .unencodedCharacter),
    Refusal("http://h.net/<a>", .unencodedCharacter),
    Refusal("http://h.net/a#b#c", .unencodedCharacter),
    Refusal("http://h.net/\u{202E}gnp.a", .unencodedCharacter),
    Refusal("http://%6c%6fcalhost/", .badHost),
    Refusal("http://a..net/", .badHost),
    Refusal("http://.h.net/", .badHost),
    Refusal("http://h.net../", .badHost),
    Refusal("http://h!.net/", .badHost),
    Refusal("http://1.2.3.4.5/", .badHost),
    Refusal("http://256.1.1.1/", .badHost),
    Refusal("http://1.2.3.999/", .badHost),
    Refusal("http://4294967296/", .badHost),
    Refusal("http://h.0x7g.1/", .badHost),
    Refusal("http://h.09z.1x.9/", .badHost),
    Refusal("http://\(String(repeating: "a", count: 64)).net/", .badHost),
    Refusal("http://\(String(repeating: "abc.", count: 64))net/", .badHost),
    Refusal("http://a\u{200D}b.net/", .badInternationalHost),
    Refusal("http://exa\u{AD}mple.net/", .badInternationalHost),
    Refusal("http://\u{202E}ten.h/", .badInternationalHost),
    Refusal("http://１２७.０.０.٤/", .badInternationalHost),
    Refusal("http://[::1/", .badIPv6),
    Refusal("http://[]/", .badIPv6),
    Refusal("http://[1:2:3]/", .badIPv6),
    Refusal("http://[::1::]/", .badIPv6),
    Refusal("http://[:::]/", .badIPv6),
    Refusal("http://[::12345]/", .badIPv6),
    Refusal("http://[::1.2.3]/", .badIPv6),
    Refusal("http://[::1.2.3.04]/", .badIPv6),
    Refusal("http://[1.2.3.4::]/", .badIPv6),
    Refusal("http://[1:2:3:4:5:6:7:8::]/", .badIPv6),
    Refusal("http://[v1.x]/", .badIPv6),
    Refusal("http://[::1]x/", .badIPv6),
    Refusal("http://[fe80::1%25eth0]/", .zone),
    Refusal("http://u:p@h.net:0/a b%", .credentials, .badPort, .whitespace, .badEscape),
    Refusal("http://h.net/\(String(repeating: "a", count: 8192))", .tooLong),
  ])
  func refuses(_ expected: Refusal) {
    let reading = AssetURL.read(expected.text)
    #expect(reading.url == nil)
    #expect(reading.problems.map(\.code) == expected.codes)
    #expect(reading.problems.allSatisfy { !$0.message.isEmpty && $0.offset != nil })
  }

  @Test func saysWhereAndHowToWriteIt() {
    let problem = AssetURL.read("http://h.net/é.png").problems.first
    #expect(problem?.offset == 13)
    #expect(problem?.message == "é must be written as %C3%A9")
  }

  @Test(arguments: [
    "https://user@h.net/a", "https://user:hunter2@h.net/a", "https://@h.net/a", "https://a@b@h.net/a",
  ])
  func readsPastCredentials(_ text: String) throws {
    let reading = AssetURL.read(text)
    #expect(reading.problems.map(\.code) == [.credentials])
    let url = try #require(reading.url)
    #expect(url.hasCredentials)
    #expect(url.host.text == "h.net")
    #expect(!"\(reading.problems)".contains("hunter2"))
  }

  @Test func acceptsExactlyTheMaximumLength() {
    let start = "https://h.net/"
    let filler = String(repeating: "a", count: AssetURL.maximumLength - start.utf8.count)
    #expect(AssetURL.read(start + filler).problems.isEmpty)
    #expect(AssetURL.read(start + filler + "a").problems.map(\.code) == [.tooLong])
  }

  @Test func knowsTheDefaultPorts() throws {
    #expect(try #require(AssetURL.read("https://h.net/").url).effectivePort == 443)
    #expect(try #require(AssetURL.read("http://h.net/").url).effectivePort == 80)
    #expect(try #require(AssetURL.read("http://h.net:81/").url).effectivePort == 81)
    #expect(try #require(AssetURL.read("http://[::1]:81/").url).authority == "[::1]:81")
  }
}

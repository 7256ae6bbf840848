import AssetOpening
import Locations
import Testing

@testable import AssetSource

@Suite struct ProxyRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let url: String
    let environment: [String: String]
    let proxy: String?
    var testDescription: String { "\(url) \(environment)" }

    init(_ url: String, _ environment: [String: String], _ proxy: String?) {
      (self.url, self.environment, self.proxy) = (url, environment, proxy)
    }
  }

  static let cases: [Case] = [
    Case("https://a.test/", [:], nil),
    Case("https://a.test/", ["https_proxy": "http://p.test:3128"], "p.test:3128"),
    Case("https://a.test/", ["HTTPS_PROXY": "p.test:3128"], "p.test:3128"),
    Case("https://a.test/", ["http_proxy": "http://p.test:3128"], nil),
    Case("http://a.test/", ["http_proxy": "http://p.test/"], "p.test:80"),
    // A web server's request header could have set it.
    Case("http://a.test/", ["HTTP_PROXY": "http://p.test/"], nil),
    Case("http://a.test/", ["ALL_PROXY": "p.test:1"], "p.test:1"),
    Case("https://a.test/", ["https_proxy": "", "all_proxy": "p.test:1"], "p.test:1"),
    Case("https://a.test/", ["https_proxy": "p.test:1", "no_proxy": "*"], nil),
    Case("https://a.test/", ["https_proxy": "p.test:1", "no_proxy": "b.test, .a.test"], nil),
    Case("https://x.a.test/", ["https_proxy": "p.test:1", "NO_PROXY": "a.test"], nil),
    Case("https://xa.test/", ["https_proxy": "p.test:1", "no_proxy": "a.test"], "p.test:1"),
    Case("https://a.test/", ["https_proxy": "p.test:1", "no_proxy": "a.test:8443"], "p.test:1"),
    Case("https://a.test:8443/", ["https_proxy": "p.test:1", "no_proxy": "a.test:8443"], nil),
    Case("https://127.0.0.1/", ["https_proxy": "p.test:1", "no_proxy": "localhost,127.0.0.1"], nil),
    Case("https://[::1]/", ["https_proxy": "p.test:1", "no_proxy": "[::1]"], nil),
    Case("https://10.0.0.1/", ["https_proxy": "p.test:1", "no_proxy": "0.1"], "p.test:1"),
  ]

  @Test(arguments: cases) func theEnvironmentDecides(_ value: Case) throws {
    let url = try #require(AssetURL.read(value.url).url)
    let proxy = try ProxyRules(.environment, environment: value.environment).server(for: url)
    #expect(proxy.map { "\($0.host):\($0.port)" } == value.proxy)
  }

  @Test(arguments: [
    "socks5://p.test:1080", "https://p.test", "http://", "http://p.test/path", "p.test:99999",
  ])
  func whatIsNoHTTPProxyMustNotMeanDirectly(_ text: String) throws {
    let url = try #require(AssetURL.read("https://a.test/").url)
    #expect(throws: AssetError.self) {
      try ProxyRules(.environment, environment: ["https_proxy": text]).server(for: url)
    }
    #expect(ProxyServer(text) == nil)
  }

  @Test func choicesBeatTheEnvironment() throws {
    let url = try #require(AssetURL.read("https://a.test/").url)
    let environment = ["https_proxy": "p.test:1", "no_proxy": "*"]
    let server = try #require(ProxyServer("http://user:pass%3Aword@q.test:2"))
    #expect(server.credentials?.user == "user")
    #expect(server.credentials?.password == "pass:word")
    #expect(try ProxyRules(.direct, environment: environment).server(for: url) == nil)
    #expect(try ProxyRules(.server(server), environment: environment).server(for: url) == server)
  }
}

import Testing
import WanSubmit

struct ProviderConfigurationTests {
  @Test(arguments: [
    ("https://api.freepik.com", "https://api.freepik.com"),
    ("https://api.magnific.com/", "https://api.magnific.com"),
    ("https://gateway.example.net:8443/freepik/", "https://gateway.example.net:8443/freepik"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:1", "http://localhost:1"),
    ("http://[::1]:9/", "http://[::1]:9"), ("HTTPS://API.Freepik.COM", "https://api.freepik.com"),
    ("https://api.freepik.com:443", "https://api.freepik.com"),
    ("https://api.freepik.com.:443//", "https://api.freepik.com"),
    ("https://api.freepik.com/./a/../", "https://api.freepik.com"),
    ("https://api.freepik.com/../..", "https://api.freepik.com"),
    ("https://gateway.example.net/%66reepik/%2e%2e/a%2fb/", "https://gateway.example.net/a%2Fb"),
    ("http://localhost:80/x", "http://localhost/x"), ("http://LOCALHOST:443", "http://localhost:443"),
  ])
  func aBaseIsHTTPSOrLoopback(_ text: String, _ base: String) throws {
    #expect(try #require(ProviderBase(text)).text == base)
  }

  @Test(arguments: [
    "", "api.freepik.com", "http://api.freepik.com", "http://192.168.1.2", "http://127.0.0.1.example.net",
    "ftp://127.0.0.1", "https://user:pw@api.freepik.com", "https://api.freepik.com?x=1",
    "https://api.freepik.com#x", "https://", "http://0.0.0.0.example.net", "http://[::2]",
  ])
  func aKeyIsSentNowhereElse(_ text: String) {
    #expect(ProviderBase(text) == nil)
  }

  @Test func theKnownBasesAreBases() {
    for base in [ProviderBase.freepik] {
      #expect(ProviderBase(base.text) == base)
    }
  }

  @Test(arguments: ["x-freepik-api-key", "X-Magnific-API-Key", "Authorization"])
  func namesOfHeadersAreTokens(_ name: String) {
    #expect(ProviderConfiguration.isKeyHeader(name))
  }

  @Test(arguments: [
    "", "two words", "x:y", "x\r\ny", "ключ", "Host", "content-length", "Transfer-Encoding", "a\u{0}",
  ])
  func otherNamesAreNone(_ name: String) {
    #expect(!ProviderConfiguration.isKeyHeader(name))
  }
}

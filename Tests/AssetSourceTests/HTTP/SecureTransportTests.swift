import AssetOpening
import AssetSource
import Foundation
import Locations
import ServerKit
import SystemPackage
import Testing

/// TLS with certificates of every quality, proxies, and a real server.
@Suite struct SecureTransportTests {
  static let content = pattern(200_000)
  static let asset = Content(content, entityTag: "\"v1\"")

  private func fetching(_ authority: ThrowawayAuthority) -> Fetching {
    Fetching().with { $0.variables = ["SSL_CERT_FILE": authority.certificate.path] }
  }

  static let flaws: [(ThrowawayAuthority.Flaw, String)] = [
    (.expired, "the server's certificate expired at 2020-02-01T00:00:00Z"),
    (.early, "the server's certificate is not valid before 2100-01-01T00:00:00Z"),
    (.otherHost, "the server's certificate is for another host name: other.test"),
    (.selfSigned, "the server's certificate is self-signed"),
  ]

  @Test(.enabled(if: ThrowawayAuthority.isAvailable), arguments: flaws)
  func badCertificatesAreNamed(_ flaw: ThrowawayAuthority.Flaw, _ words: String) async throws {
    let authority = try ThrowawayAuthority()
    try await withServer(["/asset": [.ranged(Self.asset)]], certificate: try authority.certificate(flaw)) {
      server in
      let fetched = await fetching(authority).whole(server.url("/asset"))
      #expect(fetched.failure?.code == .tls)
      #expect(fetched.failure?.message == words)
      #expect(server.log.isEmpty)
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aStrangersCertificateIsNamed() async throws {
    let (stranger, trusted) = (try ThrowawayAuthority(), try ThrowawayAuthority())
    try await withServer(["/asset": [.ranged(Self.asset)]], certificate: try stranger.certificate()) {
      server in
      let fetched = await fetching(trusted).whole(server.url("/asset", host: "localhost"))
      #expect(fetched.failure?.code == .tls)
      #expect(fetched.failure?.message.contains("an authority that is not trusted") == true)
      #expect(server.log.isEmpty)
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aHandshakeThatBreaksOffProvesNothing() async throws {
    let authority = try ThrowawayAuthority()
    try await withConnectionsThatClose { port in
      let fetched = await fetching(authority).whole("https://127.0.0.1:\(port.number)/asset")
      #expect(fetched.failure?.code == .unreachable)
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aGoodCertificateIsAccepted() async throws {
    let authority = try ThrowawayAuthority()
    try await withServer(["/asset": [.ranged(Self.asset)]], certificate: try authority.certificate()) {
      server in
      for host in ["127.0.0.1", "localhost"] {
        let fetched = await fetching(authority).whole(server.url("/asset", host: host))
        #expect(fetched.failure == nil)
        #expect(fetched.holds(Self.content))
      }
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aConnectionThatIsCutIsNoEnd() async throws {
    let authority = try ThrowawayAuthority()
    let cut = Answer.whole(Self.asset).framed(.untilClose).breaking(.cut, .inBody(after: 50_000))
    try await withServer(["/asset": [cut]], certificate: try authority.certificate()) { server in
      let fetched = await fetching(authority).whole(server.url("/asset"))
      #expect(fetched.failure?.code == .unreachable)
    }
  }

  @Test func withoutAuthoritiesNothingIsProvedOfTheServer() async throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("none.pem")
    let fetching = Fetching().with { $0.variables = ["SSL_CERT_FILE": empty.string] }
    let fetched = await fetching.whole("https://127.0.0.1:1/asset")
    #expect(fetched.failure?.code == .unreachable)
  }

  @Test func httpOnATLSPortIsNoCertificateFault() async throws {
    try await withServer(["/asset": [.ranged(Self.asset)]]) { server in
      let url = server.url("/asset").replacing("http://", with: "https://")
      let fetched = await Fetching().whole(url)
      #expect([AssetError.Code.tls, .unreachable].contains(fetched.failure?.code))
    }
  }

  @Test func nobodyListens() async {
    let fetched = await Fetching().whole("http://127.0.0.1:1/asset")
    #expect(fetched.failure?.code == .unreachable)
    #expect(fetched.failure?.message.contains("refused") == true)
  }

  @Test func aProxyFetchesAndIsNamed() async throws {
    try await withServer(["/asset": [.ranged(Self.asset)]]) { server in
      try await withForwardProxy(hosts: ["media.example-cdn.net": server.port]) { proxy in
        let url = server.url("/asset?x=1", host: "media.example-cdn.net")
        let fetched = await Fetching().with { fetching in
          fetching.options.policy = AddressPolicy()
          fetching.variables = ["http_proxy": proxy.url()]
        }.whole(url)
        #expect(fetched.holds(Self.content))
        #expect(fetched.delivery?.isProxied == true)
        #expect(proxy.log.map(\.target).allSatisfy { $0.contains("media.example-cdn.net") })
        #expect(proxy.log.count == 1)
      }
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aProxyTunnelsTLS() async throws {
    let authority = try ThrowawayAuthority()
    let certificate = try authority.certificate(for: ["media.example-cdn.net"])
    try await withServer(["/asset": [.ranged(Self.asset)]], certificate: certificate) { server in
      try await withForwardProxy(hosts: ["media.example-cdn.net": server.port], credentials: "me:it's%") {
        proxy in
        let url = server.url("/asset", host: "media.example-cdn.net")
        let choice = try #require(ProxyServer(proxy.url(credentials: "me:it's%25")))
        let fetched = await fetching(authority).with { $0.options.proxy = .server(choice) }.whole(url)
        #expect(fetched.failure == nil)
        #expect(fetched.holds(Self.content))
        #expect(proxy.log.map(\.method).allSatisfy { $0 == "CONNECT" })
        let stranger = try #require(ProxyServer(proxy.url()))
        let refused = await fetching(authority).with { $0.options.proxy = .server(stranger) }.whole(url)
        #expect(refused.failure?.code == .unreachable)
      }
    }
  }

  @Test func behindAProxyNamesAndNumbersAreStillJudged() async throws {
    try await withForwardProxy { proxy in
      let fetching = Fetching().with { fetching in
        fetching.options.policy = AddressPolicy()
        fetching.variables = ["http_proxy": proxy.url()]
      }
      #expect(await fetching.whole("http://10.0.0.1/asset").failure?.code == .notPublic)
      #expect(proxy.log.isEmpty)
    }
  }

  @Test(.enabled(if: Nginx.isAvailable && ThrowawayAuthority.isAvailable))
  func nginxServesWholesAndParts() async throws {
    let authority = try ThrowawayAuthority()
    let folder = try TemporaryFolder()
    let big = pattern(3_000_000)
    try folder.write("big.bin", big)
    try folder.write("empty.bin")
    try await withNginx(
      serving: URL(filePath: folder.path.string), certificate: try authority.certificate(), compresses: true
    ) { nginx in
      let secure = try #require(nginx.secureURL("/big.bin"))
      let patient = fetching(authority).with { $0.transferLimit = 10 << 20 }
      for url in [nginx.url("/big.bin"), secure] {
        let whole = await patient.whole(url)
        #expect(whole.failure == nil)
        #expect(whole.holds(big))
        #expect(whole.delivery?.bytesReceived == 3_000_000)
        let parts = await patient.parts(url, [(0, 10), (2_999_990, 10)])
        #expect(parts.holds(Array(big.prefix(10) + big.suffix(10))))
        #expect(parts.delivery?.requests == 2)
      }
      #expect(await patient.whole(nginx.url("/empty.bin")).holds([]))
      #expect(await patient.whole(nginx.url("/none.bin")).failure?.code == .refused)
      let log = try await nginx.log()
      let sent = log.filter { $0.target == "/big.bin" }.map(\.bodyBytes).reduce(0, +)
      #expect(sent == 6_262_144)
    }
  }
}

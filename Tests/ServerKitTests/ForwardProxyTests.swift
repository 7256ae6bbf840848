import FixtureKit
import Foundation
import ServerKit
import Testing

/// A proxy, asked by a real client.
@Suite(.timeLimit(.minutes(1)), .enabled(if: Program(named: "curl") != nil))
struct ForwardProxyTests {
  private static let routes: [String: Route] = ["/a": [.whole(Content("hello".utf8))]]

  @Test func forwardsAbsoluteURLs() async throws {
    let curl = try #require(Program(named: "curl"))
    try await withServer(Self.routes) { server in
      try await withForwardProxy(hosts: ["cdn.example.net": server.port]) { proxy in
        for url in ["http://cdn.example.net/a?x", server.url("/a?x")] {
          let outcome = try curl.run(["-sS", "--noproxy", "", "-x", proxy.url(), url])
          #expect(outcome.text == "hello", "\(outcome.errors)")
          #expect(proxy.log.last?.target == url)
        }
        #expect(proxy.log.map(\.outcome) == [.forwarded, .forwarded])
        #expect(server.log.map(\.target) == ["/a?x", "/a?x"])
        #expect(server.log.first?["host"] == "cdn.example.net")
        #expect(server.log.first?["proxy-connection"] == nil)
      }
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable)) func tunnels() async throws {
    let curl = try #require(Program(named: "curl"))
    let authority = try ThrowawayAuthority()
    let certificate = try authority.certificate(for: ["cdn.example.net"])
    try await withServer(Self.routes, certificate: certificate) { server in
      try await withForwardProxy(hosts: ["cdn.example.net": server.port]) { proxy in
        let outcome = try curl.run([
          "-sS", "--noproxy", "", "-x", proxy.url(), "--cacert", authority.certificate.path,
          "https://cdn.example.net/a",
        ])
        #expect(outcome.text == "hello", "\(outcome.errors)")
        #expect(proxy.log.map(\.method) == ["CONNECT"])
        #expect(proxy.log.map(\.target) == ["cdn.example.net:443"])
      }
    }
  }

  @Test func asksForCredentials() async throws {
    let curl = try #require(Program(named: "curl"))
    try await withServer(Self.routes) { server in
      try await withForwardProxy(credentials: "me:secret") { proxy in
        for credentials in [nil, "me:wrong", "me:secret"] {
          _ = try curl.run([
            "-sS", "--noproxy", "", "-x", proxy.url(credentials: credentials), server.url("/a"),
          ])
        }
        #expect(proxy.log.map(\.outcome) == [.unauthorized, .unauthorized, .forwarded])
        #expect(server.log.count == 1)
        #expect(server.log.first?["proxy-authorization"] == nil)
      }
    }
  }

  @Test func leadsNowhereElse() async throws {
    let curl = try #require(Program(named: "curl"))
    try await withForwardProxy { proxy in
      let outcome = try curl.run([
        "-sS", "--noproxy", "", "-x", proxy.url(), "-o", "/dev/null", "-w", "%{http_code}",
        "http://cdn.example.net/",
      ])
      #expect(outcome.text == "502")
      #expect(proxy.log.map(\.outcome) == [.unreachable])
    }
  }
}

import FixtureKit
import Foundation
import ServerKit
import Testing

/// Servers that cannot be reached, or not safely.
@Suite(.timeLimit(.minutes(3))) struct UnreachableTests {
  private static let picture = Fixture("accept/image/png-rgb-8.png")

  private static var routes: [String: Route] {
    get throws { ["/a.png": [.ranged(try picture.content())]] }
  }

  @Test func whereNobodyListensNothingIsProved() async throws {
    let gone = try await withServer { server in server.url("/a.png") }
    try await withServer(try Self.routes) { server in
      let run = try await RemoteRun([gone, server.url("/a.png")])
      #expect(run.outcome.status == 3)
      #expect(run.report.results.map(\.verdict) == ["inconclusive", "valid"])
      #expect(run[gone]?.rules == ["asset-unreachable"], "\(run.printed)")
    }
  }

  @Test func aServerThatNeverReadsEndsWithTheTime() async throws {
    try await withServer(try Self.routes, readsRequests: false) { deaf in
      try await withServer(try Self.routes) { server in
        let run = try await RemoteRun(
          [deaf.url("/a.png"), server.url("/a.png")], ["--timeout", "5"])
        #expect(run.outcome.status == 3)
        #expect(run.report.results.map(\.verdict) == ["inconclusive", "valid"])
        #expect(run.report.results.first?.rules == ["asset-unreachable"], "\(run.printed)")
      }
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func badCertificatesAreErrors() async throws {
    let authority = try ThrowawayAuthority()
    let flaws: [ThrowawayAuthority.Flaw] = [.expired, .otherHost, .selfSigned, .none]
    var servers: [MisbehavingServer] = []
    for flaw in flaws {
      servers.append(
        try await MisbehavingServer.start(try Self.routes, certificate: try authority.certificate(flaw)))
    }
    let run = try await RemoteRun(
      servers.map { $0.url("/a.png") }, environment: ["SSL_CERT_FILE": authority.certificate.path])
    for server in servers { await server.shutdown() }
    #expect(run.outcome.status == 1)
    #expect(
      run.report.results.map(\.verdict) == ["invalid", "invalid", "invalid", "valid"], "\(run.printed)")
    #expect(run.report.results.prefix(3).allSatisfy { $0.rules == ["asset-tls"] }, "\(run.printed)")
    #expect(servers.prefix(3).allSatisfy { $0.log.isEmpty })
  }

  @Test func privateHostsAreNotEvenContacted() async throws {
    try await withServer(try Self.routes) { server in
      for host in ["127.0.0.1", "localhost", "LOCALHOST.", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"] {
        let outcome = try await RunningProgram.start(
          .wanCheck, [server.url("/a.png", host: host)], environment: ["no_proxy": "*"]
        ).outcome()
        #expect(outcome.status == 1, "\(host): \(outcome.text)")
        #expect(outcome.text.contains("[url-not-public]"), "\(host): \(outcome.text)")
      }
      #expect(server.activity.connections == 0)
    }
  }
}

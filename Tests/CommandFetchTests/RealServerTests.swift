import FixtureKit
import Foundation
import ServerKit
import Testing

/// Checks of assets on a real nginx, over HTTP and HTTPS.
@Suite(.timeLimit(.minutes(5))) struct RealServerTests {
  private static let accepted = ["accept/image", "accept/audio", "accept/video"].flatMap(Fixture.all)

  @Test(.enabled(if: Nginx.isAvailable && ThrowawayAuthority.isAvailable))
  func nginxServesEveryGoodFixture() async throws {
    let authority = try ThrowawayAuthority()
    try await withNginx(serving: Fixture.root, certificate: try authority.certificate()) { nginx in
      let plain = Self.accepted.map { nginx.url("/\($0)") }
      let secure = try Self.accepted.map { try #require(nginx.secureURL("/\($0)", host: "localhost")) }
      let run = try await RemoteRun(
        plain + secure, environment: ["SSL_CERT_FILE": authority.certificate.path])
      #expect(run.outcome.status == 0, "\(run.outcome.errors)")
      for (index, result) in run.report.results.enumerated() {
        #expect(result.verdict == "valid", "\(result.input): \(result.findings)")
        #expect(result.rules.isEmpty, "\(result.input): \(result.findings)")
        let isSecure = index >= plain.count
        #expect(result.findings.contains { $0.rule == "url-insecure" } == !isSecure)
      }
      #expect(run.report.results.map(\.input) == plain + secure)
      let log = try await nginx.log()
      #expect(log.count == plain.count + secure.count)
      #expect(log.allSatisfy { $0.line.hasPrefix("GET ") && $0.userAgent.hasPrefix("wan-check/") })
      let bytes = try Self.accepted.map { try $0.content().length }.reduce(0, +)
      #expect(log.map(\.bodyBytes).reduce(0, +) == 2 * bytes)
      let received = run.report.results.compactMap { $0.assets.first?.delivery?.bytesReceived }
      #expect(received.reduce(0, +) == 2 * bytes)
    }
  }
}

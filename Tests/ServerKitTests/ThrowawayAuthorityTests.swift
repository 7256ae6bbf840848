import FixtureKit
import Foundation
import ServerKit
import Testing

/// Certificates as a real client judges them.
@Suite(
  .timeLimit(.minutes(1)), .enabled(if: ThrowawayAuthority.isAvailable && Program(named: "curl") != nil))
struct ThrowawayAuthorityTests {
  /// The exit codes are curl's: 60 is a certificate that is not trusted.
  @Test(arguments: zip(ThrowawayAuthority.Flaw.allCases, [0, 60, 60, 60, 60] as [Int32]))
  func curlTrustsTheSoundOneAlone(flaw: ThrowawayAuthority.Flaw, status: Int32) async throws {
    let authority = try ThrowawayAuthority()
    let curl = try #require(Program(named: "curl"))
    let routes: [String: Route] = ["/": [.whole(Content("hello".utf8))]]
    try await withServer(routes, certificate: authority.certificate(flaw)) { server in
      for host in ["127.0.0.1", "localhost"] {
        let outcome = try curl.run([
          "-sS", "-4", "--noproxy", "*", "--cacert", authority.certificate.path, server.url("/", host: host),
        ])
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.text == (status == 0 ? "hello" : ""))
      }
      #expect(server.log.count == (status == 0 ? 2 : 0))
    }
  }

  @Test func anyNameCanBeCertified() async throws {
    let authority = try ThrowawayAuthority()
    let certificate = try authority.certificate(for: ["cdn.example.net"])
    #expect(try authority.certificate(for: ["cdn.example.net"]).key == certificate.key)
    let curl = try #require(Program(named: "curl"))
    try await withServer(["/": [.status(204)]], certificate: certificate) { server in
      let outcome = try curl.run([
        "-sS", "--noproxy", "*", "--cacert", authority.certificate.path,
        "--resolve", "cdn.example.net:\(server.port.number):127.0.0.1",
        server.url("/", host: "cdn.example.net"),
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(server.log.first?["host"] == "cdn.example.net:\(server.port.number)")
    }
  }

  /// The exit codes are curl's: 56 is a failure to receive, 18 a body that is cut.
  @Test(arguments: [Fault.Event.close, .cut, .reset])
  func encryptedAnswersBreakToo(event: Fault.Event) async throws {
    let authority = try ThrowawayAuthority()
    let curl = try #require(Program(named: "curl"))
    let answer = Answer.whole(Content([UInt8](repeating: 65, count: 100))).breaking(event, .inBody(after: 10))
    try await withServer(["/": [answer]], certificate: authority.certificate()) { server in
      let outcome = try curl.run([
        "-sS", "--noproxy", "*", "--cacert", authority.certificate.path, server.url("/"),
      ])
      #expect([18, 56].contains(outcome.status), "\(outcome.errors)")
      let log = try await server.settledLog()
      #expect(log.first?.bodyBytesSent == 10)
    }
  }
}

import FixtureKit
import Foundation
import ServerKit
import Testing

/// A real nginx, asked by a real client.
@Suite(.timeLimit(.minutes(1)), .enabled(if: Nginx.isAvailable && Program(named: "curl") != nil))
struct NginxTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "0123456789", count: 1000), to: "some/numbers.png")
    return folder
  }

  @Test func servesRangesAndTellsOfThem() async throws {
    let folder = try folder()
    let curl = try #require(Program(named: "curl"))
    try await withNginx(serving: folder.url) { nginx in
      #expect(nginx.securePort == nil)
      let outcome = try curl.run([
        "-sS", "--noproxy", "*", "-i", "-r", "10-13", "-A", "te\"st", nginx.url("/some/numbers.png?a=1"),
      ])
      #expect(outcome.text.hasPrefix("HTTP/1.1 206 "))
      #expect(outcome.text.contains("Content-Type: image/png\r\n"))
      #expect(outcome.text.hasSuffix("\r\n\r\n0123"))
      _ = try curl.run(["-sS", "--noproxy", "*", nginx.url("/some/")])
      let log = try await nginx.log()
      #expect(log.map(\.status) == [206, 403])
      let first = try #require(log.first)
      #expect(first.target == "/some/numbers.png?a=1")
      #expect(first.range == "bytes=10-13")
      #expect(first.userAgent == "te\"st")
      #expect(first.bodyBytes == 4)
      #expect(first.bytes == outcome.output.count)
    }
  }

  @Test func compressesOnlyWhereToldTo() async throws {
    let folder = try folder()
    let curl = try #require(Program(named: "curl"))
    for compresses in [false, true] {
      try await withNginx(serving: folder.url, compresses: compresses) { nginx in
        let outcome = try curl.run([
          "-sS", "--noproxy", "*", "--compressed", nginx.url("/some/numbers.png"),
        ])
        #expect(outcome.output.count == 10_000)
        let request = try #require(try await nginx.log().first)
        #expect(request.encoding == (compresses ? "gzip" : ""))
        #expect((request.bodyBytes < 10_000) == compresses)
      }
    }
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable)) func speaksTLS() async throws {
    let folder = try folder()
    let authority = try ThrowawayAuthority()
    let curl = try #require(Program(named: "curl"))
    try await withNginx(serving: folder.url, certificate: authority.certificate()) { nginx in
      let url = try #require(nginx.secureURL("/some/numbers.png"))
      let arguments = ["-sS", "--noproxy", "*", "--cacert", authority.certificate.path, url]
      #expect(try curl.run(arguments).output.count == 10_000)
      #expect(try await nginx.log().map(\.scheme) == ["https"])
    }
  }

  @Test func aFolderOfNothingAndAFalseCertificateAreNoReasonToHang() async throws {
    let folder = try folder()
    let nothing = folder.url.appending(path: "nothing.pem")
    await #expect(throws: Nginx.Failure.self) {
      try await Nginx.start(
        serving: folder.url, certificate: ServerCertificate(chain: nothing, key: nothing))
    }
  }
}

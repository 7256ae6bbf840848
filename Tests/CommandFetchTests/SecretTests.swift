import FixtureKit
import Foundation
import ServerKit
import Testing

/// Output never contains a secret, and never a character that controls a terminal.
@Suite(.timeLimit(.minutes(3))) struct SecretTests {
  private static let picture = Fixture("accept/image/png-rgb-8.png")
  private static let secrets = ["SECRETQ", "SECRETP", "SECRETU", "SECRETF", "SECRETL", "SECRETR"]

  /// Servers whose answers contain secrets and control characters.
  private static func routes() throws -> [String: Route] {
    let content = try picture.content()
    var typed = content
    typed.type = "image/\u{1B}]0;SECRETR\u{7}png"
    var tagged = content
    tagged.entityTag = "\"\u{9B}31m\u{202E}v1\""
    var encoded = content
    encoded.encoding = "x-\u{9B}31mSECRET\u{202E}"
    let location = "/good.png?X-Amz-Signature=SECRETL#SECRETF"
    let title = "<!doctype html><title>\u{1B}]0;owned\u{7}\u{9B}31mhttps://h.net/?sig=SECRETL</title>"
    return [
      "/good.png": [.ranged(content)], "/typed.png": [.ranged(typed)], "/tagged.png": [.ranged(tagged)],
      "/encoded.png": [.ranged(encoded)], "/moved.png": [.redirect(to: location)],
      "/away.png": [.redirect(to: "http://SECRETU:SECRETP@127.0.0.1/a?b=SECRETL")],
      "/inside.png": [.redirect(to: "http://169.254.169.254/a?b=SECRETL")],
      "/scheme.png": [.redirect(to: "ftp://SECRETU:SECRETP@h.net/a?b=SECRETL")],
      "/nonsense.png": [.redirect(to: "http://[SECRETL/?SECRETL\u{1B}[31m")],
      "/page.png": [.html(title)],
      "/refused.png": [Answer.status(403).saying("SECRETR\u{9B}31m")],
      "/failed.png": [Answer.status(503, retryAfter: "SECRETR").saying("SECRETR")],
      "/broken.png": [Answer.ranged(content).adding("X-Evil", "\u{1B}[31mSECRETR\u{7F}\u{0}")],
    ]
  }

  private static func targets(_ routes: [String: Route]) -> [String] {
    routes.keys.sorted().map { "\($0)?X-Amz-Signature=SECRETQ&b=1#SECRETF" }
  }

  @Test(arguments: ["text", "json", "jsonl"], [false, true])
  func nothingSecretIsPrinted(format: String, showsURLs: Bool) async throws {
    let routes = try Self.routes()
    try await withServer(routes) { server in
      let inputs =
        Self.targets(routes).map { server.url($0) } + [
          "http://SECRETU:SECRETP@127.0.0.1:\(server.port.number)/good.png?X-Amz-Signature=SECRETQ#SECRETF"
        ]
      let options = ["--format", format] + (showsURLs ? ["--show-urls"] : [])
      let outcome = try await RemoteRun.start(inputs, options).outcome()
      #expect(outcome.status == 1, "\(outcome.errors)")
      #expect(outcome.text.contains("/good.png"))
      // `--show-urls` shows queries; a fragment is never sent, and a password is never shown.
      let allowed: Set<String> = showsURLs ? ["SECRETQ", "SECRETL"] : []
      for secret in Self.secrets where !allowed.contains(secret) {
        let lines = outcome.text.split(separator: "\n").filter { $0.contains(secret) }
        #expect(lines.isEmpty, "\(secret): \(lines)")
      }
      if showsURLs { #expect(outcome.text.contains("X-Amz-Signature=SECRETQ")) }
      #expect(!outcome.errors.contains("SECRET"), "\(outcome.errors)")
      for text in [outcome.text, outcome.errors] {
        let drivers = text.unicodeScalars.filter { Self.drivesATerminal($0) }
        #expect(drivers.isEmpty, "\(Array(drivers))")
      }
    }
  }

  /// Control characters other than line breaks, and characters that change the text direction.
  private static func drivesATerminal(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && scalar.properties.generalCategory == .control
      || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
  }

  @Test func secretsInJobsStaySecret() async throws {
    try await withServer(try Self.routes()) { server in
      let port = server.port.number
      let jobs = [
        #"{"start_image_url": "http://127.0.0.1:\#(port)/good.png?sig=SECRETQ#SECRETF"}"#,
        #"{"start_image_url": "http://SECRETU:SECRETP@127.0.0.1:\#(port)/good.png"}"#,
        #"{"start_image_url": "http://127.0.0.1:\#(port)/moved.png?sig=SECRETQ", "webhook_url": "https://h.net/?k=SECRETQ"}"#,
      ].joined(separator: "\n")
      for format in ["text", "json", "jsonl"] {
        let outcome = try await RemoteRun.start(
          ["-"], ["--format", format, "--stdin-filename", "x.jsonl"], input: Data(jobs.utf8)
        ).outcome()
        #expect(outcome.status == 1, "\(outcome.text)")
        #expect(!outcome.text.contains("SECRET"), "\(outcome.text)")
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      }
    }
  }
}

import FixtureKit
public import Foundation

/// A real nginx on free loopback ports that serves a folder, as a child process of the test.
public final class Nginx: Sendable {
  /// Why nginx does not run.
  public struct Failure: Error, CustomStringConvertible {
    /// What nginx said, or what is missing.
    public let description: String
  }

  /// Where it speaks HTTP.
  public let port: LoopbackPort
  /// Where it speaks HTTPS; `nil` without a certificate.
  public let securePort: LoopbackPort?

  private let process: ChildProcess
  private let folder: TemporaryFolder
  private let token: String

  /// How long nginx may take to answer at all.
  private static let patience = Duration.seconds(30)
  /// How often other ports are tried if another process took the port.
  private static let attempts = 5

  /// Whether there is an nginx to run.
  public static var isAvailable: Bool { program != nil }

  private static var program: Program? {
    if let found = Program(named: "nginx") { return found }
    // Debian installs it here, which is not on every PATH.
    let file = "/usr/sbin/nginx"
    return FileManager.default.isExecutableFile(atPath: file)
      ? Program(executable: URL(filePath: file)) : nil
  }

  private init(
    port: LoopbackPort, securePort: LoopbackPort?, process: ChildProcess, folder: TemporaryFolder,
    token: String
  ) {
    self.port = port
    self.securePort = securePort
    self.process = process
    self.folder = folder
    self.token = token
  }

  /// An nginx that answers when this returns.
  ///
  /// - Parameters:
  ///   - root: the folder that it serves.
  ///   - certificate: what it presents for HTTPS; `nil` for HTTP alone.
  ///   - compresses: whether it compresses for clients that accept gzip.
  /// - Throws: `Failure` where there is no nginx, or it ends instead of serving.
  public static func start(
    serving root: URL, certificate: ServerCertificate? = nil, compresses: Bool = false
  ) async throws -> Nginx {
    guard let program else { throw Failure(description: "no nginx here") }
    var reason = ""
    for _ in 0..<attempts {
      let folder = try TemporaryFolder()
      let ports = try await LoopbackPort.free(2)
      let token = "/ready-\(UUID().uuidString)"
      let configuration = NginxConfiguration(
        folder: folder.url, root: root, port: ports[0], secure: certificate.map { (ports[1], $0) },
        compresses: compresses, token: token)
      let file = try folder.write(configuration.text, to: "nginx.conf")
      let errors = folder.url.appending(path: "error.log")
      let process = try ChildProcess.start(
        program.executable, ["-c", file.path, "-p", folder.url.path, "-e", errors.path])
      let nginx = Nginx(
        port: ports[0], securePort: certificate.map { _ in ports[1] }, process: process, folder: folder,
        token: token)
      if try await nginx.answersSoon() { return nginx }
      reason = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      guard reason.contains("in use") else { break }
    }
    throw Failure(description: "nginx ended: \(reason)")
  }

  /// The URL of `target` over HTTP, at `host`, which must lead to 127.0.0.1.
  public func url(_ target: String, host: String = "127.0.0.1") -> String {
    "http://\(host):\(port.number)\(target)"
  }

  /// The URL of `target` over HTTPS; `nil` without a certificate.
  public func secureURL(_ target: String, host: String = "127.0.0.1") -> String? {
    securePort.map { "https://\(host):\($0.number)\(target)" }
  }

  /// Every request whose answer is over, in the order in which they ended.
  ///
  /// An answer that the caller has read to its end is in it: nginx first answers one more request, of ours, and so has
  /// written the lines of those before.
  public func log() async throws -> [NginxRequest] {
    guard await answers else { throw Failure(description: "nginx does not answer any more") }
    let lines = try Data(contentsOf: folder.url.appending(path: "access.log")).split(separator: 10)
    return try lines.map { try JSONDecoder().decode(NginxRequest.self, from: $0) }
  }

  /// Ends nginx and waits for its end.
  public func shutdown() async { await process.terminate() }

  /// Waits until it answers; `false` if it ends or takes too long, and then it is gone.
  private func answersSoon() async throws -> Bool {
    let patience = ContinuousClock.now + Self.patience
    do {
      while !process.hasEnded, ContinuousClock.now < patience {
        if await answers { return true }
        try await Task.sleep(for: .milliseconds(2))
      }
    } catch {
      await process.terminate()
      throw error
    }
    await process.terminate()
    return false
  }

  private var answers: Bool {
    get async {
      let request = "GET \(token) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      let answer = try? await port.exchange(request)
      return answer?.hasPrefix("HTTP/1.1 204 ") ?? false
    }
  }
}

/// Runs `body` with an nginx that serves `root`, which is shut down when it returns or throws.
///
/// The parameters are those of `Nginx.start`.
public func withNginx<Value>(
  serving root: URL, certificate: ServerCertificate? = nil, compresses: Bool = false,
  isolation: isolated (any Actor)? = #isolation, _ body: (Nginx) async throws -> sending Value
) async throws -> sending Value {
  let nginx = try await Nginx.start(serving: root, certificate: certificate, compresses: compresses)
  do {
    let value = try await body(nginx)
    await nginx.shutdown()
    return value
  } catch {
    await nginx.shutdown()
    throw error
  }
}

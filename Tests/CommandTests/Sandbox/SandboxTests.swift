import FixtureKit
import Foundation
import Testing

/// Confined workers read the bytes of assets, and the command survives whatever happens to the workers.
@Suite struct SandboxTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A wan-check in a folder of its own, with workers that do what a test file tells them.
  private func attacked(workers: String? = "misbehaving-probe-worker") throws -> Program {
    try Program.wanCheck(in: folder.url, workersAre: workers)
  }

  private func write(_ behaviour: String? = nil, to name: String) throws {
    var image = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
    if let behaviour { image += Data("misbehave:\(behaviour)".utf8) }
    try folder.write(image, to: name)
  }

  #if os(Linux)
    private static let behaviours = ["crash", "loop", "allocate", "open", "babble"]
  #else
    private static let behaviours = ["crash", "loop", "babble"]
  #endif

  @Test func theCommandLinksNoCodec() throws {
    #if os(Linux)
      let lister = try #require(Program(named: "ldd"))
      let codecs = ["libav", "libjpeg", "libpng", "libwebp", "libdeflate"]
      let own = try lister.run([Program.wanCheck.executable.path]).text
      #expect(codecs.filter(own.contains) == [])
      let images = try lister.run([Program.wanCheck.sibling("wan-check-probe-images").path]).text
      #expect(!images.contains("libav"))
      #expect(images.contains("libjpeg"))
    #endif
  }

  @Test func whatAWorkerDoesCostsItsOwnAssetAlone() throws {
    var names: [String] = []
    for (number, behaviour) in Self.behaviours.enumerated() {
      names += ["\(number)-good.jpg", "\(number)-\(behaviour).jpg"]
      try write(to: "\(number)-good.jpg")
      try write(behaviour, to: "\(number)-\(behaviour).jpg")
    }
    let outcome = try attacked().run(
      ["--no-config", "--timeout", "15", "--format", "jsonl"] + names, in: folder.url)
    #expect(outcome.status == 3)
    let results = try outcome.output.split(separator: UInt8(ascii: "\n")).dropFirst().dropLast().map { line in
      try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    }
    #expect(results.compactMap { $0["input"] as? String } == names)
    for result in results {
      let name = try #require(result["input"] as? String)
      let rules = Reports.rules(of: result)
      if name.hasSuffix("good.jpg") {
        #expect(result["verdict"] as? String == "valid", "\(name)")
      } else {
        #expect(result["verdict"] as? String == "inconclusive", "\(name)")
        #expect(
          rules.contains(name.hasSuffix("loop.jpg") ? "probe-limit" : "probe-crashed"), "\(name) \(rules)")
      }
    }
  }

  @Test func withoutItsWorkersNothingIsChecked() throws {
    try write(to: "good.jpg")
    let outcome = try attacked(workers: nil).run(["good.jpg"], in: folder.url)
    #expect(outcome.status == 4)
    #expect(outcome.text == "")
    #expect(outcome.errors.contains("wan-check-probe-images is missing"))
  }

  @Test func workersOfAnInstallationAreFound() throws {
    try write(to: "good.jpg")
    let program = try attacked()
    let libexec = folder.url.appending(path: "libexec/wan-check")
    try FileManager.default.createDirectory(at: libexec, withIntermediateDirectories: true)
    for name in Program.workerNames {
      try FileManager.default.moveItem(
        at: folder.url.appending(path: "bin/\(name)"), to: libexec.appending(path: name))
    }
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "linked"), withDestinationURL: program.executable)
    for path in ["bin/wan-check", "linked"] {
      let outcome = try Program(executable: folder.url.appending(path: path)).run(
        ["good.jpg"], in: folder.url)
      #expect(outcome.status == 0)
    }
  }

  @Test func withoutASandboxEverybodyIsTold() throws {
    try write(to: "good.jpg")
    let outcome = try Program.wanCheck.run(["--no-sandbox", "--quiet", "good.jpg"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasPrefix("wan-check: warning: --no-sandbox: "))
  }

  @Test func verboseNamesWhatConfined() throws {
    try write(to: "good.jpg")
    let outcome = try Program.wanCheck.run(["--verbose", "good.jpg"], in: folder.url)
    #expect(outcome.errors.contains("wan-check: probing was confined by "))
    #if os(Linux)
      #expect(outcome.errors.contains("seccomp"))
    #endif
    let help = try Program.wanCheck.run(["--verbose", "--no-sandbox", "good.jpg"], in: folder.url)
    #expect(!help.errors.contains("probing was confined"))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
  func aWorkerThatHangsDoesNotOutliveTheCommand(signal: Int32) async throws {
    #if os(Linux)
      try write("sleep", to: "sleep.jpg")
      let program = try attacked()
      let worker = program.sibling("wan-check-probe-images").path
      let running = try RunningProgram.start(
        program, ["--timeout", "3600", "sleep.jpg"], environment: ["FREEPIK_API_KEY": "very-secret"],
        in: folder.url)
      var workers = ProcessList.running(worker)
      for _ in 0..<500 where workers.isEmpty {
        usleep(20_000)
        workers = ProcessList.running(worker)
      }
      #expect(workers.count == 1)
      // A compromised worker can reveal only the data that it was given.
      for pid in workers {
        // Only root may inspect a worker.
        let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
        #expect(environment != nil || getuid() != 0)
        #expect(!String(decoding: environment ?? Data(), as: UTF8.self).contains("secret"))
      }
      kill(running.identifier, signal)
      let outcome = try await running.outcome(patience: .seconds(30))
      #expect(outcome.status == (signal == SIGKILL ? -SIGKILL : 130))
      for _ in 0..<250 where !ProcessList.running(worker).isEmpty {
        usleep(20_000)
      }
      #expect(ProcessList.running(worker) == [])
    #endif
  }
}

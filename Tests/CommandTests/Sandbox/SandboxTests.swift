import FixtureKit
import Foundation
import Testing

/// The command leaves the bytes of assets to confined workers, and survives whatever becomes of those.
@Suite struct SandboxTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A wan-check in a folder of its own, whose workers do what files tell them.
  private func attacked(workers: String? = "misbehaving-probe-worker") throws -> Program {
    let built = Program.wanCheck.executable.deletingLastPathComponent()
    let place = folder.url.appending(path: "bin")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Program.wanCheck.executable, to: place.appending(path: "wan-check"))
    for name in ["wan-check-probe-images", "wan-check-probe-streams"] {
      guard let workers else { continue }
      // Links: of a copy, a program that another test starts meanwhile may hold a descriptor, and it would be busy.
      try FileManager.default.createSymbolicLink(
        at: place.appending(path: name), withDestinationURL: built.appending(path: workers))
    }
    return Program(executable: place.appending(path: "wan-check"))
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
      let worker = Program.wanCheck.executable.deletingLastPathComponent().appending(
        path: "wan-check-probe-images")
      let images = try lister.run([worker.path]).text
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
    let results = try outcome.output.split(separator: UInt8(ascii: "\n")).dropLast().map { line in
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
    for name in ["wan-check-probe-images", "wan-check-probe-streams"] {
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
      let worker = program.executable.deletingLastPathComponent().appending(path: "wan-check-probe-images")
        .path
      let running = try RunningProgram.start(
        program, ["--timeout", "3600", "sleep.jpg"], environment: ["FREEPIK_API_KEY": "very-secret"],
        in: folder.url)
      var workers = Self.processes(of: worker)
      for _ in 0..<500 where workers.isEmpty {
        usleep(20_000)
        workers = Self.processes(of: worker)
      }
      #expect(workers.count == 1)
      // What was taken over can tell only what it was given.
      for pid in workers {
        // Only the system's administrator may look into a worker.
        let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
        #expect(environment != nil || getuid() != 0)
        #expect(!String(decoding: environment ?? Data(), as: UTF8.self).contains("secret"))
      }
      kill(running.identifier, signal)
      let outcome = try await running.outcome(patience: .seconds(30))
      #expect(outcome.status == (signal == SIGKILL ? -SIGKILL : 130))
      for _ in 0..<250 where !Self.processes(of: worker).isEmpty {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(Self.processes(of: worker) == [])
    #endif
  }

  private static func processes(of program: String) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(Int32.init).filter { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return line.prefix { $0 != 0 }.elementsEqual(program.utf8)
    }
  }
}

import FixtureKit
import Foundation
import Testing

/// `wan-check fix` with real programs.
@Suite struct FixRunTests {
  /// Copies of `fixtures` in `in`, whose names do not collide.
  private static func folder(of fixtures: [Fixture]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (index, fixture) in fixtures.enumerated() {
      try folder.write(
        Data(contentsOf: fixture.url), to: "in/\(index % 3)/\(index)-\(fixture.url.lastPathComponent)")
    }
    return folder
  }

  /// Rejected fixtures of different rules that one command repairs.
  private static func repairable() throws -> [Fixture] {
    let rules = [
      "audio-codec", "audio-duration", "audio-format", "image-alpha", "image-animated", "image-aspect-ratio",
      "image-cmyk", "image-dimensions", "image-orientation", "image-trailing-data", "video-aspect-ratio",
      "video-codec", "video-dimensions", "video-duration", "video-pixel-aspect", "video-rotation",
    ]
    return try rules.flatMap { rule in
      try Fixture.all(in: "reject/\(rule)").filter { fixture in
        let golden = try String(contentsOf: fixture.golden, encoding: .utf8)
        return golden.contains(#""command""#) && !golden.contains(#""advice""#)
      }.prefix(2)
    }
  }

  private static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.wanCheck.run(["fix"] + arguments, environment: environment, in: folder.url)
  }

  /// The files below a folder, by their paths.
  private static func files(_ name: String, in folder: TemporaryFolder) throws -> [String: Data] {
    let root = folder.url.appending(path: name).path(percentEncoded: false)
    var files: [String: Data] = [:]
    for path in FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }) ?? [] {
      files[path] = FileManager.default.contents(atPath: "\(root)/\(path)")
    }
    return files
  }

  private static func expectClean(_ folder: TemporaryFolder, count: Int) throws {
    let outcome = try run(["in", "--into", "out", "--format", "json"], in: folder)
    let report = String(decoding: outcome.output, as: UTF8.self)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!report.contains(#""kind":"command""#) && !report.contains(#""kind": "command""#))
    #expect(try files("out", in: folder).count == count, "\(outcome.errors)")
  }

  @Test func typicalAssets() throws {
    let repairable = try Self.repairable().prefix(24)
    let valid = Fixture.all(in: "accept/image").prefix(6) + Fixture.all(in: "accept/video").prefix(6)
    let fixtures = Array(repairable) + valid
    try #require(fixtures.count == 36)
    let folder = try Self.folder(of: fixtures)
    let originals = try Self.files("in", in: folder)
    try Self.expectClean(folder, count: 36)
    #expect(try Self.files("in", in: folder) == originals)
  }

  @Test func assetsWithSeveralFaults() throws {
    let folder = try TemporaryFolder()
    let inputs = folder.url.appending(path: "in")
    try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
    var names: [String] = []
    for medium in [FaultyFile.Medium.jpeg, .png, .audio, .video] {
      for first in medium.faults.indices where names.count < 18 {
        let faults = Set((0..<2).map { medium.faults[(first + $0 * 2) % medium.faults.count] })
        let file = FaultyFile(medium: medium, faults: faults)
        if let name = try file.write(to: inputs, named: "\(medium)-\(first)") { names.append(name) }
      }
    }
    try #require(names.count == 18)
    try Self.expectClean(folder, count: 18)
  }

  @Test func scriptWritesTheSameFiles() throws {
    let folder = try Self.folder(
      of: Array(try Self.repairable().prefix(6)) + [Fixture("accept/image/jpeg-420.jpg")])
    let source = try Data(contentsOf: Fixture("reject/image-alpha/\(Self.first("image-alpha"))").url)
    try folder.write(source, to: "in/it's \"%d\"\n*.png")
    try folder.write("{\"start_image_url\": \"../in/it's \\\"%d\\\"\\n*.png\"}\r\n", to: "in/job.json")
    _ = try Self.run(["in", "--into", "out"], in: folder)
    let script = try Self.run(["in", "--into", "other", "--dry-run"], in: folder)
    #expect(script.status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "other").path))
    let shell = try Program(executable: URL(filePath: "/bin/sh")).run(["-c", script.text], in: folder.url)
    #expect(shell.status == 0, "\(shell.errors.suffix(400))")
    let (ours, theirs) = (try Self.files("out", in: folder), try Self.files("other", in: folder))
    #expect(Set(ours.keys) == Set(theirs.keys))
    for name in ["job.json", ours.keys.first { $0.hasSuffix("jpeg-420.jpg") }].compactMap(\.self) {
      #expect(ours[name] == theirs[name])
    }
    let again = try Program.wanCheck.run(["other"], in: folder.url)
    #expect(again.status == 0, "\(again.text)")
  }

  private static func first(_ rule: String) -> String {
    Fixture.all(in: "reject/\(rule)").first?.url.lastPathComponent ?? ""
  }

  @Test func jobFilesNameTheCopies() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Data(contentsOf: Fixture("reject/image-dimensions/\(Self.first("image-dimensions"))").url),
      to: "media/-a.bmp")
    let yaml =
      "# shots\n- start_image_url: &a \"../media/-a.bmp\"  # first\n  prompt: \"x\"\n  end_image_url: *a\n"
    try folder.write(yaml, to: "jobs/a.yml")
    let lines =
      "{\"id\":\"b\", \"job\":{\"start_image_url\" : \"..\\/media/-a.bmp\"}}\r\n\n{ \"prompt\":\"y\" }"
    try folder.write(lines, to: "jobs/b.jsonl")
    _ = try Self.run(["jobs", "--into", "out"], in: folder)
    let written = try Self.files("out", in: folder)
    let copy = try #require(written.keys.first { $0.hasPrefix("media/-a") && $0.contains(".") })
    let change = { (text: String, old: String) in
      text.replacingOccurrences(of: old, with: "\"../\(copy)\"")
    }
    let isRenamed = copy != "media/-a.bmp"
    #expect(
      written["jobs/a.yml"].map { String(decoding: $0, as: UTF8.self) }
        == (isRenamed ? change(change(yaml, "\"../media/-a.bmp\""), "*a") : yaml))
    #expect(
      written["jobs/b.jsonl"].map { String(decoding: $0, as: UTF8.self) }
        == (isRenamed ? change(lines, "\"..\\/media/-a.bmp\"") : lines))
  }

  /// Whatever names and links the inputs have, nothing is written outside the folder.
  @Test func nothingIsWrittenElsewhere() throws {
    let folder = try TemporaryFolder()
    let image = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
    try folder.write(image, to: "a/b/-x.jpg")
    try folder.write(image, to: "c/y.jpg")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.path + "/a/link", withDestinationPath: "../c")
    let before = try Self.files("a", in: folder)
    let outcome = try Self.run(
      ["a/b/../../c/y.jpg", "a/link/y.jpg", "a/b/-x.jpg", "--into", "a/b/../out"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let written = try Self.files("a/out", in: folder).keys.filter { $0.hasSuffix(".jpg") }
    #expect(written.sorted() == ["a/b/-x.jpg", "a/link/y.jpg", "c/y.jpg"])
    let after = try Self.files("a", in: folder).filter { !$0.key.hasPrefix("out") }
    #expect(after == before)
  }

  @Test func aFolderThatIsNotEmptyIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "out/notes.txt")
    try folder.write(Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url), to: "a.jpg")
    let outcome = try Self.run(["a.jpg", "--into", "out"], in: folder)
    #expect(outcome.status == 2 && outcome.errors.contains("must be empty or new"))
    #expect(try Self.files("out", in: folder) == ["notes.txt": Data("mine".utf8)])
  }

  @Test func aMissingProgramIsNamed() throws {
    let folder = try Self.folder(of: [Fixture("reject/video-dimensions/\(Self.first("video-dimensions"))")])
    let outcome = try Self.run(
      ["in", "--into", "out"], in: folder, environment: ["PATH": folder.url.path])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("`ffmpeg` is not installed"), "\(outcome.errors)")
  }

  @Test func aProgramGetsNoSecrets() throws {
    let folder = try Self.folder(of: [Fixture("reject/video-dimensions/\(Self.first("video-dimensions"))")])
    let seen = folder.url.appending(path: "environment")
    let program = try folder.write("#!/bin/sh\nenv > '\(seen.path)'\nexit 1\n", to: "bin/ffmpeg")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let secrets = ["FREEPIK_API_KEY": "topsecret", "WAN_CHECK_WEBHOOK_SECRET": "topsecret"]
    let path = ["PATH": program.deletingLastPathComponent().path + ":/usr/bin:/bin"]
    _ = try Self.run(["in", "--into", "out"], in: folder, environment: secrets.merging(path) { $1 })
    let environment = try String(contentsOf: seen, encoding: .utf8)
    #expect(environment.contains("PATH="))
    #expect(!environment.contains("topsecret"))
  }

  @Test func anInterruptionEndsTheProgramAndLeavesNothing() async throws {
    let folder = try Self.folder(of: [Fixture("reject/video-dimensions/\(Self.first("video-dimensions"))")])
    let name = "wan-check-fake-\(UUID().uuidString)"
    let program = try folder.write(
      "#!/bin/bash\necho > ./1-out.mp4\nexec -a \(name) sleep 600\n", to: "bin/ffmpeg")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let path = program.deletingLastPathComponent().path + ":/usr/bin:/bin"
    let running = try RunningProgram.start(
      .wanCheck, ["fix", "in", "--into", "out"], environment: ["PATH": path], in: folder.url)
    let deadline = ContinuousClock.now.advanced(by: .seconds(60))
    while ProcessList.running(name).isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    try #require(!ProcessList.running(name).isEmpty)
    running.interrupt()
    #expect(try await running.outcome().status == 130)
    while !ProcessList.running(name).isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(ProcessList.running(name).isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/out").isEmpty)
  }
}

import FixtureKit
import Foundation
import Testing

/// Which paths are inputs, and the order of the results.
@Suite struct InputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func results(_ arguments: [String], input: String = "") throws -> [[String: Any]] {
    let outcome = try Program.wanCheck.run(
      ["--format", "jsonl"] + arguments, input: Data(input.utf8), in: folder.url)
    return try outcome.output.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let object = try JSONSerialization.jsonObject(with: line) as? [String: Any]
      return object?["input"] == nil ? nil : object
    }
  }

  private func copy(_ fixture: String, to name: String) throws {
    try folder.write(try Data(contentsOf: Fixture(fixture).url), to: name)
  }

  @Test func aFolderIsWalkedForMediaByContentAndJobsByField() throws {
    try copy("accept/image/png-rgb-8.png", to: "in/a-picture")
    try copy("accept/audio/wav-u8.wav", to: "in/sub/sound.wav")
    try copy("reject/media-format/text.txt", to: "in/notes.txt")
    try copy("accept/image/png-rgb-8.png", to: "in/.hidden.png")
    try copy("accept/image/png-rgb-8.png", to: "in/.hidden/inside.png")
    try folder.write("{\"name\": \"a package\", \"version\": 1}", to: "in/package.json")
    try folder.write("{\"prompt\": \"p\", \"start_image_url\": \"a-picture\"}", to: "in/job.json")
    try folder.write("prompt: p\nstart_image_url: a-picture\n", to: "in/job.yml")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "in/link.png"),
      withDestinationURL: folder.url.appending(path: "in/a-picture"))
    let inputs = try results(["in"]).compactMap { $0["input"] as? String }
    #expect(inputs == ["in/a-picture", "in/job.json", "in/job.yml", "in/sub/sound.wav"])
  }

  @Test func aBrokenPictureInAFolderIsNotPassedOver() throws {
    try folder.write("this is not an image", to: "in/broken.png")
    try folder.write("", to: "in/empty.mp4")
    let found = try results(["in"])
    #expect(found.compactMap { $0["input"] as? String } == ["in/broken.png", "in/empty.mp4"])
    #expect(found.allSatisfy { $0["verdict"] as? String == "invalid" })
  }

  @Test func aRoleIsForBareAssetsOnly() throws {
    try copy("accept/image/png-rgb-8.png", to: "picture.png")
    try folder.write("{\"start_image_url\": \"picture.png\"}", to: "job.json")
    let found = try results(["--role", "audio", "picture.png", "job.json"])
    #expect(Reports.rules(of: found[0]).contains("audio-format"))
    #expect(found[1]["verdict"] as? String == "valid")
  }

  @Test func resultsComeInInputOrderWhateverTakesLonger() throws {
    let slow = "accept/video/h264-aac-faststart.mp4"
    try copy(slow, to: "slow.mp4")
    try copy("accept/image/png-rgb-8.png", to: "fast.png")
    let names = (0..<40).map { $0 % 5 == 0 ? "slow.mp4" : "fast.png" }
    let inputs = try results(["--jobs", "4"] + names).compactMap { $0["input"] as? String }
    #expect(inputs == names)
  }

  @Test func jobsOfALineEachKeepTheirIndexLineAndId() throws {
    try copy("accept/image/png-rgb-8.png", to: "picture.png")
    let text = """
      {"start_image_url": "picture.png"}

      {"id": "second", "job": {"start_image_url": "picture.png", "seed": -1}}
      not json
      """
    let found = try results(["--stdin-filename", "jobs.jsonl", "-"], input: text)
    #expect(found.compactMap { $0["index"] as? Int } == [0, 1, 2])
    #expect(found.compactMap { $0["input"] as? String } == Array(repeating: "jobs.jsonl", count: 3))
    #expect(found[1]["id"] as? String == "second")
    let seed = try #require(
      (found[1]["findings"] as? [[String: Any]])?.first { $0["rule"] as? String == "seed-range" })
    #expect(seed["line"] as? Int == 3)
    #expect(seed["column"] as? Int == 68)
    #expect(seed["pointer"] as? String == "/seed")
    #expect(Reports.rules(of: found[2]) == ["job-syntax"])
  }

  @Test func aJobMayNotNameFilesOutsideItsFolder() throws {
    try copy("accept/image/png-rgb-8.png", to: "outside/picture.png")
    try folder.write("{\"start_image_url\": \"../outside/picture.png\"}", to: "jobs/job.json")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "jobs/link.png"),
      withDestinationURL: folder.url.appending(path: "outside/picture.png"))
    try folder.write("{\"start_image_url\": \"link.png\"}", to: "jobs/linked.json")
    let jobs = folder.url.appending(path: "jobs")
    for (file, options, status) in [
      ("job.json", [], 1), ("linked.json", [], 1), ("job.json", ["--allow-paths"], 0),
    ] {
      let outcome = try Program.wanCheck.run(options + [file], in: jobs)
      #expect(outcome.status == Int32(status), "\(file) \(options): \(outcome.text)")
    }
    // An asset may be in any folder below the working folder.
    #expect(try Program.wanCheck.run(["jobs/job.json"], in: folder.url).status == 0)
  }

  @Test func aPipeOrAFolderWhereAFileBelongsDoesNotHang() throws {
    #expect(mkfifo(folder.url.appending(path: "pipe.png").path, 0o600) == 0)
    #expect(mkfifo(folder.url.appending(path: "pipe.json").path, 0o600) == 0)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "folder.png"), withIntermediateDirectories: true)
    try folder.write("{\"start_image_url\": \"folder.png\"}", to: "job.json")
    let found = try results(["pipe.png", "pipe.json", "job.json"])
    #expect(found.count == 3)
    for result in found {
      #expect(result["verdict"] as? String == "inconclusive")
      #expect(Reports.rules(of: result).contains("file-unreadable"))
    }
  }

  @Test func namesOfEveryKindAreRead() throws {
    let names = [
      "-dash.png", "sp ace.png", "quo'te\".png", "new\nline.png", "ünï.png", "esc\u{1B}[31m.png", "a:b.png",
    ]
    for name in names { try copy("accept/image/png-rgb-8.png", to: name) }
    let outcome = try Program.wanCheck.run(["--show-valid", "--"] + names.map { "./\($0)" }, in: folder.url)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(!outcome.text.contains("\u{1B}"))
    #expect(outcome.text.split(separator: "\n").count == names.count + 1)
  }
}

import FixtureKit
import Foundation
import Testing

/// The steps of the action, run as the action runs them.
@Suite struct ActionTests {
  private struct Report: Decodable {
    struct Result: Decodable {
      var input: String
      var verdict: String
      var findings: [Finding]
    }
    struct Finding: Decodable {
      var rule: String
      var file: String?
      var line: Int?
      var column: Int?
      struct Fix: Decodable { var text: String }
      var fix: Fix?
    }
    var results: [Result]
  }

  private static let job = """
    {
      "prompt": "slow pan over the lake",
      "start_image_url": "lake.png",
      "duration": 5
    }

    """

  @Test func aBadAssetFailsAndItsFixPasses() throws {
    let repository = try ScratchRepository()
    try repository.copy("accept/image/jpeg-420.jpg", to: "media/old.jpg")
    try repository.folder.write(#"{"name": "no job"}"#, to: "package.json")
    let base = try repository.commit("Good")
    try repository.copy("reject/image-dimensions/200x150.png", to: "shots/lake.png")
    try repository.folder.write(Self.job, to: "shots/job.json")
    try repository.folder.write(#"{"name": "still no job"}"#, to: "package.json")
    try repository.commit("A lake")

    let variables = ["BASE": base, "FORMAT": "json"]
    let failed = try repository.action("check", variables)
    #expect(failed.status == 1, "\(failed.errors)")
    let report = try JSONDecoder().decode(Report.self, from: failed.output)
    #expect(report.results.map(\.input) == ["shots/job.json", "shots/lake.png"])
    let finding = try #require(report.results[0].findings.first { $0.rule == "image-dimensions" })
    #expect(finding.file == "shots/job.json" && finding.line == 3 && finding.column == 22)

    let annotated = try repository.action("check", ["BASE": base, "SARIF": "found.sarif"])
    #expect(annotated.status == 1, "\(annotated.errors)")
    #expect(annotated.text.contains("\n::error file=shots/job.json,line=3,col=22,title=image-dimensions::"))
    let sarif = try String(contentsOf: repository.url.appending(path: "found.sarif"), encoding: .utf8)
    #expect(sarif.contains(#""uri":"shots/job.json""#))

    let fix = try #require(report.results[1].findings.first { $0.rule == "image-dimensions" }?.fix).text
    let mended = try repository.run(["sh", "-c", "\(fix) && mv shots/lake-fixed.png shots/lake.png"])
    #expect(mended.status == 0, "\(mended.errors)")
    try repository.commit("A larger lake")
    let passed = try repository.action("check", variables)
    #expect(passed.status == 0, "\(passed.text)\(passed.errors)")
  }

  @Test func onlyWhatChangedIsChecked() throws {
    let repository = try ScratchRepository()
    try repository.copy("reject/image-dimensions/200x150.png", to: "old bad.png")
    let base = try repository.commit("Bad")
    try repository.folder.write("text", to: "README.md")
    try repository.commit("Text")
    let nothing = try repository.action("check", ["BASE": base])
    #expect(nothing.status == 0 && nothing.text.contains("no media and no jobs"))

    let everything = try repository.action("files", ["BASE": ""])
    #expect(everything.text == "old bad.png\0")
    let zeros = try repository.action("files", ["BASE": String(repeating: "0", count: 40)])
    #expect(zeros.text == "old bad.png\0")
    let elsewhere = try repository.action("files", ["BASE": "", "PATHS": "shots\nmedia"])
    #expect(elsewhere.text.isEmpty)
  }

  struct Hidden: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var encoding = String.Encoding.utf8
    var isChecked = true
    var testDescription: String { "\(name): \(text.debugDescription)" }
  }

  /// The gate checks every file that wan-check treats as a job, however it is written, and skips files that cannot be
  /// jobs.
  @Test(arguments: [
    Hidden(name: "a.json", text: #"{"start\u005fimage_url": "x.png"}"#),
    Hidden(name: "a.jsonl", text: #"{"\u0076\u0069\u0064\u0065\u006F_url": "x.mp4"}"#),
    Hidden(name: "a.yml", text: #""\x73tart_image_url": x.png"#),
    Hidden(name: "a.yaml", text: #""audio\U0000005Furl": y"#),
    Hidden(name: "a.yml", text: "? \"start_\\\r\n   image_url\"\r\n: x.png\r\n"),
    Hidden(name: "a.json", text: #"{"audio_url": "x"}"#, encoding: .utf16),
    Hidden(name: "a.json", text: #"{"audio_url": "x"}"#, encoding: .utf32BigEndian),
    Hidden(name: "a.json", text: String(repeating: #"{"end_image_url": "x"}"#, count: 100_000)),
    Hidden(name: "a.json", text: #"{"name": "caf\u00e9 \u003cb\u003e \u0026 \u0022"}"#, isChecked: false),
    Hidden(name: "a.yml", text: "run: |\n  make \\\n    all\n", isChecked: false),
    Hidden(name: "a.yml", text: "a: \\", isChecked: false),
    Hidden(name: "a.json", text: "", isChecked: false),
    // A broken file may be a job; a file with a field name deep inside, in a string or in a template is not a job.
    Hidden(name: "a.json", text: #"{"start_image_url": "a.png",}"#),
    Hidden(name: "a.yml", text: "start_image_url: [a.png"),
    Hidden(
      name: "a.json", text: #"{"openapi": "3.0.0", "components": {"start_image_url": {"type": "string"}}}"#,
      isChecked: false),
    Hidden(name: "a.json", text: #"{"nodes": [{"jsonBody": "{\"start_image_url\": 1}"}]}"#, isChecked: false),
    Hidden(
      name: "a.json", text: #"{"$schema": "x", "$defs": {"body": {"properties": {"audio_url": {}}}}}"#,
      isChecked: false),
    Hidden(
      name: "a.json",
      text: #"{"schema_version": 2, "results": [{"findings": [{"pointer": "/start_image_url"}]}]}"#,
      isChecked: false),
    Hidden(
      name: "a.jsonl", text: #"{"kind": "run"}"# + "\n" + #"{"kind": "asset", "role": "start_image_url"}"#,
      isChecked: false),
    Hidden(
      name: "a.yml", text: "jobs:\n  a:\n    run: |\n      curl -d '{\"start_image_url\": \"x\"}' h.net\n",
      isChecked: false),
    Hidden(name: "a.yml", text: "start_image_url: {{ .Values.url }}\n{% if x %}\n", isChecked: false),
    Hidden(name: "a.json", text: #"{"cmd": "curl -d '{\"start_image_url\": 1}'",}"#, isChecked: false),
    Hidden(name: ".hidden.json", text: #"{"start_image_url": "x"}"#, isChecked: false),
  ])
  func fieldsAreSeenHoweverTheyAreWritten(_ file: Hidden) throws {
    let repository = try ScratchRepository()
    let data = try #require(file.text.data(using: file.encoding))
    try repository.folder.write(data, to: file.name)
    try repository.commit("A file")
    let files = try repository.action("files", [:])
    #expect(files.status == 0 && files.text == (file.isChecked ? "\(file.name)\0" : ""), "\(files.errors)")
  }

  /// An unknown base leads to more checking, never to less.
  @Test func anUnknownBaseChecksEverything() throws {
    let repository = try ScratchRepository()
    try repository.copy("accept/image/jpeg-420.jpg", to: "a.jpg")
    try repository.commit("Good")
    let files = try repository.action("files", ["BASE": String(repeating: "1", count: 40)])
    #expect(files.status == 0 && files.text == "a.jpg\0")
  }

  @Test(arguments: [
    "-rf.jpg", "a\nb.jpg", "$(touch HIT).jpg", "é 'q\".jpg", "--version.jpg", "::error::x.jpg",
  ])
  func namesRunNothing(name: String) throws {
    let repository = try ScratchRepository()
    try repository.copy("reject/image-dimensions/239x300.jpg", to: "./\(name)")
    try repository.commit("A name")
    let files = try repository.action("files", [:])
    #expect(files.text == (name.contains(":") ? "./\(name)\0" : "\(name)\0"))
    let outcome = try repository.action("check", ["FORMAT": "json"])
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: repository.url.appending(path: "HIT").path))
  }

  @Test func optionsReachTheCommand() throws {
    let repository = try ScratchRepository()
    try repository.copy("reject/image-alpha/rgba.png", to: "a.png")
    try repository.commit("A warning")
    #expect(try repository.action("check", ["FORMAT": "json"]).status == 0)
    #expect(try repository.action("check", ["FORMAT": "json", "OPTIONS": "--strict\n--quiet"]).status == 1)
    #expect(try repository.action("check", ["FORMAT": "json", "OPTIONS": "--no-such-option"]).status == 2)
  }
}

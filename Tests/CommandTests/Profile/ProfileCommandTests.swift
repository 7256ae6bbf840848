import FixtureKit
import Foundation
import JudgingKit
import Testing
import WanCheck

/// wan-check with `--profile`.
@Suite struct ProfileCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Profile.inventedText, to: "acme.yml")
    try folder.write(
      try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "start.png")
    try folder.write(#"{"text": "x", "input": {"first": {"url": "start.png"}}}"#, to: "acme.json")
    try folder.write(#"{"image_url": "start.png", "watermark": false}"#, to: "novita.json")
  }

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.wanCheck.run(arguments, in: folder.url)
  }

  private func report(_ arguments: [String]) throws -> (status: Int32, [String: Any]) {
    let outcome = try run(["--no-config", "--format", "json"] + arguments)
    let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    return (outcome.status, try #require(object, "\(outcome.errors)"))
  }

  @Test(arguments: [
    ("novita/wan2.7-i2v", "novita.json", "novita/wan2.7-i2v"), ("acme.yml", "acme.json", "acme/motion-1"),
    ("./acme.yml", "acme.json", "acme/motion-1"),
  ])
  func aJobIsJudgedForItsEndpoint(_ profile: String, _ job: String, _ id: String) throws {
    let (status, report) = try report(["--profile", profile, job])
    #expect(status == 0)
    #expect((report["profile"] as? [String: Any])?["id"] as? String == id)
    let result = try #require((report["results"] as? [[String: Any]])?.first)
    #expect(result["mode"] as? String == "first_frame")
    #expect((result["not_submittable_because"] as? [String])?.contains("other-profile") == true)
    #expect(try run(["--no-config", job]).status == 1)
  }

  /// A search of a folder recognizes jobs by the fields of the profile.
  @Test func aWalkFindsTheJobsOfTheProfile() throws {
    let (_, report) = try report(["--profile", "acme.yml", "."])
    let inputs = (report["results"] as? [[String: Any]])?.compactMap { $0["input"] as? String }
    #expect(inputs?.contains { $0.hasSuffix("acme.json") } == true)
    #expect(inputs?.contains { $0.hasSuffix("novita.json") } == false)
  }

  @Test func overridesAreOfTheProfile() throws {
    try folder.write("limits:\n  end-image-side: {max: 100}\n", to: "c.yml")
    let outcome = try run(["--config", "c.yml", "--profile", "acme.yml", "--format", "json", "acme.json"])
    #expect(outcome.status == 0)
    #expect(outcome.text.contains(#""overrides":{"end-image-side":"50 to 100 px"}"#))
    #expect(
      try run(["--config", "c.yml", "acme.json"]).errors.contains("unknown limit `end-image-side`"))
  }

  @Test func aWrongProfileIsWrongUsage() throws {
    try folder.write(Profile.inventedText.replacing("max: 40", with: "max: -1"), to: "wrong.yml")
    let outcome = try run(["--profile", "wrong.yml", "acme.json"])
    #expect(outcome.status == 2)
    #expect(outcome.text.isEmpty)
    #expect(outcome.errors.contains("wan-check: wrong.yml:12:"))
    let missing = try run(["--profile", "novita/wan2.7", "acme.json"])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("did you mean novita/wan2.7-i2v?"))
    #expect(try run(["--profile", ".", "acme.json"]).status == 2)
    #expect(try run(["--profile", "", "acme.json"]).status == 2)
    #expect(try run(["--profile", "acme.yml", "--role", "audio", "start.png"]).status == 2)
  }

  @Test func submitKeepsToFreepik() throws {
    for profile in ["novita/wan2.7-i2v", "acme.yml"] {
      let outcome = try run(["submit", "--profile", profile, "novita.json"])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("only to the endpoint of `freepik/wan-2-7`"))
    }
  }

  @Test func limitsAndSchemasAreDrawnFromIt() throws {
    let limits = try run(["limits", "--profile", "acme.yml"])
    #expect(
      limits.text.contains("width and height of the end image") && limits.text.contains("\"PNG only.\""))
    #expect(limits.text.contains("Two sizes.\n") && limits.text.contains("Acme forum, as of 2026-11-21"))
    let schema = try run(["schema", "job", "--profile", "novita/wan2.7-i2v"])
    #expect(schema.text.contains("\"last_frame_url\"") && !schema.text.contains("\"end_image_url\""))
    #expect(try run(["schema", "report", "--profile", "acme.yml"]).status == 2)
    #expect(try run(["schema", "profile"]).text.contains("\"only_in_example\""))
  }

  @Test func theDocumentedProfileIsRead() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/profiles.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.firstMatch(of: /```yaml\n(?<yaml>(?s:.*?))```/)).output.yaml
    try folder.write(String(block), to: "documented.yml")
    let outcome = try run(["limits", "--profile", "documented.yml", "--format", "json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("image-side"))
    for profile in Profile.embedded { #expect(text.contains("| `\(profile.id)` |")) }
  }
}

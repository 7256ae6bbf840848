import FixtureKit
import Foundation
import JobDocuments
import Testing
import WanCheck
import WanReport

@testable import wan_check

/// The file that `init` writes, what `--print-config` prints, and the schema of both.
@Suite struct ConfigurationSchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let full = """
    depth: decode
    strict: true
    concurrency: 4
    rules: {image-alpha: error, asset-unreachable: note, image-orientation: off}
    ignore:
      - {rule: image-dimensions, path: "drafts/**", reason: "a \\"b\\" # c", expires: 2030-12-31}
      - {rule: url-local, reason: not yet uploaded}
    limits:
      image-side: {min: 480}
      audio-duration: {min: 2.5, max: 20}
      image-aspect-ratio: {min: "1:4"}
      audio-formats: {one_of: [mp3]}
    map: {"https://cdn.example.net/media": .}

    """

  /// The settings in the file that `init` writes, with the comment signs removed.
  private static var uncommented: String {
    ConfigurationTemplate.text.split(separator: "\n").filter { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }
      .joined(separator: "\n")
  }

  private static let python = Program(named: "python3").flatMap { python in
    (try? python.run(["-c", "import jsonschema"]).status) == 0 ? python : nil
  }

  /// The problems that Python's jsonschema finds in a YAML text.
  private func problems(_ yaml: String) throws -> String {
    let python = try #require(Self.python)
    var reader = JobDocumentReader(Array(yaml.utf8), format: .yaml)
    let first = reader.next()
    let record = try #require(first)
    let json = record.problems.isEmpty ? try #require(record.body).jsonText() : "null"
    try folder.write(JSONSchema.configuration, to: "schema.json")
    try folder.write(json, to: "value.json")
    return try python.run(
      [
        "-c",
        """
        import json, jsonschema
        schema, value = (json.load(open(name)) for name in ("schema.json", "value.json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for error in jsonschema.Draft202012Validator(schema).iter_errors(value): print(error.message)
        """,
      ], in: folder.url
    ).text
  }

  @Test(.enabled(if: python != nil, "python3 has no jsonschema"))
  func theExamplesFollowTheSchema() throws {
    #expect(try problems(Self.full) == "")
    #expect(try problems(Self.uncommented) == "")
  }

  @Test(
    .enabled(if: python != nil, "python3 has no jsonschema"),
    arguments: [
      "dept: full", "depth: ful", "strict: yes", "concurrency: 0", "rules: {image-dimensions: off}",
      "rules: {asset-unreachable: off}", "ignore: [{rule: image-alpha}]", "ignore: [{rule: x, reason: y}]",
      "limits: {image-side: {mix: 5}}", "limits: {prompt: {min: 5}}", "map: {a: 5}",
      "allow_private_hosts: true",
    ])
  func theSchemaRefusesWhatTheProgramRefuses(_ text: String) throws {
    #expect(try problems(text) != "")
    #expect(!ConfigurationFile.read(Array(text.utf8), named: "f").problems.isEmpty)
  }

  @Test func theCommandPrintsTheSchema() throws {
    #expect(try Program.wanCheck.run(["schema", "config"]).text == JSONSchema.configuration)
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(JSONSchema.configuration.utf8))
    }
  }

  @Test func initWritesAFileThatChangesNothing() throws {
    let file = folder.url.appending(path: ".wan-check.yml")
    let first = try Program.wanCheck.run(["init"], in: folder.url)
    #expect(first.status == 0)
    #expect(first.text == "wrote .wan-check.yml: every setting is commented out, so nothing changes yet\n")
    #expect(try String(contentsOf: file, encoding: .utf8) == ConfigurationTemplate.text)
    #expect(ConfigurationFile.read(Array(ConfigurationTemplate.text.utf8), named: "f").problems.isEmpty)
    let printed = try Program.wanCheck.run(["--print-config"], in: folder.url)
    #expect(printed.text.contains("depth: full  # default"))
    try folder.write("depth: header", to: ".wan-check.yml")
    let second = try Program.wanCheck.run(["init"], in: folder.url)
    #expect(second.status == 2)
    #expect(second.errors.contains(".wan-check.yml is there already: --force replaces it"))
    #expect(try String(contentsOf: file, encoding: .utf8) == "depth: header")
    let forced = try Program.wanCheck.run(["init", "--force", "--quiet"], in: folder.url)
    #expect(forced.status == 0)
    #expect(forced.output.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8) == ConfigurationTemplate.text)
  }

  @Test func everySettingOfTheFileIsOneThatIsRead() {
    let read = ConfigurationFile.read(Array(Self.uncommented.utf8), named: "f")
    #expect(read.problems.isEmpty)
    for key in ConfigurationKeys.file { #expect(Self.uncommented.contains("\(key):")) }
  }

  @Test func whatIsPrintedIsAConfigurationThatSaysTheSame() throws {
    try folder.write(Self.full, to: ".wan-check.yml")
    let first = try Program.wanCheck.run(["--print-config"], in: folder.url)
    #expect(first.status == 0, "\(first.errors)")
    try folder.write(first.text, to: ".wan-check.yml")
    let second = try Program.wanCheck.run(["--print-config"], in: folder.url)
    func settings(_ text: String) -> [Substring] {
      text.split(separator: "\n").map { $0.split(separator: "  # ").first ?? "" }
    }
    #expect(settings(second.text) == settings(first.text))
    #expect(first.text.contains(#"    reason: "a \"b\" # c""#))
    #expect(first.text.contains("  image-side: {min: 480, max: 8000}  # .wan-check.yml:9:15"))
  }

  @Test func theDocumentedExampleIsRead() throws {
    let page = Fixture.root.deletingLastPathComponent().appending(path: "docs/configuration.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let example = try #require(text.firstMatch(of: /```yaml\n([\s\S]*?)```/))
    #expect(ConfigurationFile.read(Array(example.output.1.utf8), named: "f").problems.isEmpty)
    for key in ConfigurationKeys.file + ConfigurationKeys.environment {
      #expect(text.contains("`\(key)`"), "\(key)")
    }
  }
}

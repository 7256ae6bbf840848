import FixtureKit
import Foundation
import Testing

/// Programs that take reports, as a pipeline would have them.
enum Consumer {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  /// A schema under `Schemas/`.
  static func schema(_ name: String) -> String { folder.appending(path: "Schemas/\(name)").path }

  /// The Python that has the module `jsonschema`; `nil` if none has.
  static let python: Program? = {
    let candidates = [Program(named: "python3"), Program(executable: URL(filePath: "/usr/bin/python3"))]
    return candidates.compactMap { $0 }.first { python in
      (try? python.run(["-c", "import jsonschema"]).status) == 0
    }
  }()

  static let xmllint = Program(named: "xmllint")
  static let markdown = Program(named: "cmark-gfm")

  /// What a JSON Schema's checker says against `text`; nothing, if it is fine.
  static func jsonProblems(_ text: String, schema name: String) throws -> String {
    let python = try #require(python)
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "report.json")
    let checker = Self.folder.appending(path: "Checkers/check-json").path
    let outcome = try python.run([checker, schema(name), file.path])
    return outcome.status == 0
      ? "" : "status \(outcome.status): \(outcome.text.prefix(2000))\(outcome.errors.suffix(500))"
  }

  /// What xmllint says against `text` as JUnit XML; nothing, if it is fine.
  static func junitProblems(_ text: String) throws -> String {
    let xmllint = try #require(xmllint)
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "report.xml")
    let outcome = try xmllint.run(["--noout", "--nonet", "--schema", schema("junit-10.xsd"), file.path])
    return outcome.status == 0 ? "" : "status \(outcome.status): \(outcome.errors.prefix(2000))"
  }

  /// What an XPath expression finds in an XML document.
  static func xpath(_ expression: String, in text: String) throws -> String {
    let xmllint = try #require(xmllint)
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "report.xml")
    let outcome = try xmllint.run(["--xpath", expression, file.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The HTML that GitHub's own parser makes of Markdown, raw HTML included.
  static func html(_ text: String) throws -> String {
    let markdown = try #require(markdown)
    let arguments =
      ["--unsafe"] + ["table", "autolink", "strikethrough", "tasklist", "footnotes"].flatMap { ["-e", $0] }
    let outcome = try markdown.run(arguments.filter { $0 != "" }, input: Data(text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.text
  }
}

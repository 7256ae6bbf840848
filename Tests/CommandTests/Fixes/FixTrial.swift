import FixtureKit
import Foundation
import Testing

/// A file in a folder of its own, its report there, and the outcome of its fixes.
struct FixTrial {
  let folder: TemporaryFolder
  let name: String
  private let report: CheckedFile

  /// Copies the file at `source` to `name` and checks it.
  init(_ source: URL, as name: String? = nil) throws {
    self.name = name ?? source.lastPathComponent
    folder = try TemporaryFolder()
    let copy = "\(folder.url.path(percentEncoded: false))/\(self.name)"
    try FileManager.default.copyItem(atPath: source.path(percentEncoded: false), toPath: copy)
    // An input with a colon is a URL unless `./` marks it as a path.
    report = try CheckedFile(self.name.contains(":") ? "./\(self.name)" : self.name, in: folder.url)
  }

  /// The commands that fix `rule`, without advice in words.
  func commands(for rule: String) -> [String] {
    report.findings.filter { $0.rule == rule }.compactMap(\.fix).filter(\.isCommand).map(\.text)
  }

  /// Runs `command` as a user would paste it, and checks the one file that it wrote.
  func result(of command: String) throws -> CheckedFile {
    let before = try Self.names(in: folder.url)
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run(["-c", command], in: folder.url)
    try #require(outcome.status == 0, "\(command): \(outcome.errors.suffix(400))")
    let written = try Self.names(in: folder.url).subtracting(before)
    let name = try #require(written.count == 1 ? written.first : nil, "\(command) wrote \(written)")
    return try CheckedFile("./\(name)", in: folder.url)
  }

  private static func names(in folder: URL) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)))
  }
}

/// The report on one file.
struct CheckedFile {
  struct Fix: Decodable, Hashable {
    var kind: String
    var text: String
    var writes: String?
    var applicability: String

    var isCommand: Bool { kind == "command" }
  }

  struct Finding: Decodable {
    var rule: String
    var message: String
    var fix: Fix?
  }

  private struct Report: Decodable {
    struct Result: Decodable {
      var input: String
      var verdict: String
      var findings: [Finding]
    }
    var results: [Result]
  }

  let verdict: String
  let findings: [Finding]

  init(_ name: String, in folder: URL) throws {
    self = try #require(try Self.all([name], in: folder).first?.value)
  }

  private init(_ result: Report.Result) {
    (verdict, findings) = (result.verdict, result.findings)
  }

  /// The reports of one run on copies of `fixtures` in `folder`, by name.
  static func copies(of fixtures: [Fixture], in folder: TemporaryFolder) throws -> [String: CheckedFile] {
    for fixture in fixtures {
      try FileManager.default.copyItem(
        at: fixture.url, to: folder.url.appending(path: fixture.url.lastPathComponent))
    }
    let checked = try all(fixtures.map { "./\($0.url.lastPathComponent)" }, in: folder.url)
    try #require(checked.count == fixtures.count)
    return checked
  }

  /// The reports of one run on several files, by name.
  static func all(_ names: [String], in folder: URL) throws -> [String: CheckedFile] {
    let outcome = try Program.wanCheck.run(["--format", "json", "--"] + names, in: folder)
    let report = try JSONDecoder().decode(Report.self, from: outcome.output)
    return Dictionary(report.results.map { ($0.input, CheckedFile($0)) }) { first, _ in first }
  }

  var rules: [String] { findings.map(\.rule) }

  /// Whether the file is valid, without findings that a copy could fix.
  var isClean: Bool { verdict == "valid" && rules.allSatisfy { $0 == "end-undeclared" } }
}

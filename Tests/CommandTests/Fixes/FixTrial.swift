import FixtureKit
import Foundation
import Testing

/// A file in a folder of its own, what wan-check says of it there, and what its fixes make of it.
struct FixTrial {
  let folder: TemporaryFolder
  let name: String
  private let report: CheckedFile

  /// A trial of the file at `source` under `name`.
  init(_ source: URL, as name: String? = nil) throws {
    self.name = name ?? source.lastPathComponent
    folder = try TemporaryFolder()
    let copy = "\(folder.url.path(percentEncoded: false))/\(self.name)"
    try FileManager.default.copyItem(atPath: source.path(percentEncoded: false), toPath: copy)
    // What holds a colon is a URL, unless it is said to be a path.
    report = try CheckedFile(self.name.contains(":") ? "./\(self.name)" : self.name, in: folder.url)
  }

  /// The commands that mend `rule`; advice in words is none.
  func commands(for rule: String) -> [String] {
    report.findings.filter { $0.rule == rule }.compactMap(\.fix).filter(Self.isCommand)
  }

  /// Runs `command` as a person would paste it, and checks the one file that it wrote.
  func result(of command: String) throws -> CheckedFile {
    let before = try Self.names(in: folder.url)
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run(["-c", command], in: folder.url)
    try #require(outcome.status == 0, "\(command): \(outcome.errors.suffix(400))")
    let written = try Self.names(in: folder.url).subtracting(before)
    let name = try #require(written.count == 1 ? written.first : nil, "\(command) wrote \(written)")
    return try CheckedFile("./\(name)", in: folder.url)
  }

  private static func isCommand(_ fix: String) -> Bool {
    ["ffmpeg ", "convert ", "magick ", "head "].contains { fix.hasPrefix($0) }
  }

  private static func names(in folder: URL) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)))
  }
}

/// What wan-check says of one file.
struct CheckedFile {
  struct Finding: Decodable {
    var rule: String
    var message: String
    var fix: String?
  }

  private struct Report: Decodable {
    struct Result: Decodable {
      var verdict: String
      var findings: [Finding]
    }
    var results: [Result]
  }

  let verdict: String
  let findings: [Finding]

  init(_ name: String, in folder: URL) throws {
    let outcome = try Program.wanCheck.run(["--format", "json", "--", name], in: folder)
    let report = try JSONDecoder().decode(Report.self, from: outcome.output)
    let result = try #require(report.results.first)
    verdict = result.verdict
    findings = result.findings
  }

  var rules: [String] { findings.map(\.rule) }
}

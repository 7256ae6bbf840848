import FixtureKit
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reports made in a subfolder of a repository name files relative to the repository's root.
@Suite struct RepositoryReportTests {
  @Test(arguments: [true, false]) func pathsStartAtTheRoot(isLinkedWorkingTree: Bool) throws {
    let repository = try TemporaryFolder()
    try repository.write(
      isLinkedWorkingTree ? "gitdir: elsewhere" : "", to: isLinkedWorkingTree ? ".git" : ".git/HEAD")
    try repository.write("{\n  \"seed\": -1}", to: "jobs/a b/job.json")
    let folder = repository.url.appending(path: "jobs/a b")
    let outcome = try Program.wanCheck.run(["--format", "github", "job.json"], in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.text.contains("::error file=jobs/a b/job.json,line=2,col=11,title=seed-range::"),
      "\(outcome.text)")
    let sarif = try Program.wanCheck.run(["--format", "sarif", "job.json"], in: folder)
    #expect(sarif.text.contains("\"uri\":\"jobs/a%20b/job.json\""))
    let gitlab = try Program.wanCheck.run(["--format", "gitlab", "job.json"], in: folder)
    #expect(gitlab.text.contains("\"path\":\"jobs/a b/job.json\""))
  }

  /// Bytes that are not text, and everything else that a name may contain.
  @Test func namesOnTheDiskBreakNoFormat() throws {
    let folder = try TemporaryFolder()
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script =
      #"mkdir d; for n in 'a\377b' 'c\nd' '::error::e' '\033[31mf' '\n##[error]g' '<script>h' ']]>i' '\342\200\256j' 'k"|`l'; do "#
      + #"cp "$0" "d/$(printf "$n").png"; done"#
    let source = Fixture("reject/media-format/text.txt").url.path
    #expect(try shell.run(["-c", script, source], in: folder.url).status == 0)
    for format in ["json", "sarif", "gitlab"] {
      let outcome = try Program.wanCheck.run(["--format", format, "d"], in: folder.url)
      #expect(outcome.status == 1)
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: outcome.output) }
    }
    let log = try Program.wanCheck.run(["--format", "github", "d"], in: folder.url)
    #expect(log.status == 1)
    let commands = log.text.split(separator: "\n").filter { $0.drop(while: \.isWhitespace).hasPrefix("::") }
    #expect(commands.count == 9)
    #expect(commands.allSatisfy { $0.hasPrefix("::error file=d/") })
    let others = log.text.split(separator: "\n").filter { !$0.hasPrefix("::") }
    #expect(!others.contains { $0.contains("##[") } && !log.text.contains("\u{1B}"))
    let junit = try Program.wanCheck.run(["--format", "junit", "d"], in: folder.url)
    let parser = XMLParser(data: junit.output)
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }
}

import FixtureKit
import Foundation
import Testing

/// `--report FORMAT=FILE` writes complete files or none, and leaves no temporary file.
@Suite struct ReportFileTests {
  private static let formats = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"]
  private static let asset = Fixture("reject/media-format/text.txt").url.path

  /// A folder, and a run of wan-check in it.
  private static func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    let plain = ["GITHUB_STEP_SUMMARY": ""].merging(environment) { $1 }
    return try Program.wanCheck.run(arguments, environment: plain, in: folder.url)
  }

  private static func names(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }

  private static func text(_ name: String, in folder: TemporaryFolder) throws -> String {
    String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
  }

  @Test func everyFormatAtOnceIsWhatStandardOutputWouldBe() throws {
    let folder = try TemporaryFolder()
    let reports = Self.formats.flatMap { ["--report", "\($0)=report.\($0)"] }
    let outcome = try Self.run(reports + [Self.asset], in: folder)
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(try Self.names(in: folder) == Self.formats.map { "report.\($0)" }.sorted())
    for format in Self.formats {
      let alone = try Self.run(["--format", format, Self.asset], in: folder)
      #expect(alone.status == 1)
      #expect(try Self.text("report.\(format)", in: folder) == alone.text, "\(format)")
      #expect(!alone.text.isEmpty)
    }
    #expect(outcome.text == (try Self.text("report.text", in: folder)))
  }

  /// Without a check, opening a pipe would wait for a reader without any message.
  @Test func aPipeThatNobodyReadsIsAUsageError() throws {
    let folder = try TemporaryFolder()
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    #expect(try shell.run(["-c", "mkfifo pipe"], in: folder.url).status == 0)
    let outcome = try Self.run(["--report", "json=pipe", Self.asset], in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--report pipe: no process reads this pipe; start its reader first"))
    let read = try shell.run(
      [
        "-c",
        "exec 3<>pipe; cat <&3 >read & \"$0\" --report json=pipe \"$1\" >/dev/null; sleep 1; kill $!; cat read",
        Program.wanCheck.executable.path, Self.asset,
      ], in: folder.url)
    #expect(read.text.contains("schema_version") && read.text.hasSuffix("}\n"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var reports: [String]
    var errors: String
    var testDescription: String { reports.joined(separator: " ") }
  }

  @Test(arguments: [
    Refusal(reports: ["json=missing/report.json"], errors: "cannot write the report"),
    Refusal(reports: ["json=folder"], errors: "cannot write the report"),
    Refusal(reports: ["json=file/report.json"], errors: "cannot write the report"),
    Refusal(reports: ["json=-"], errors: "--format json"),
    Refusal(reports: ["json="], errors: "the file is missing"),
    Refusal(reports: ["report.json"], errors: "FORMAT=FILE"),
    Refusal(reports: ["sarfi=a"], errors: "did you mean `sarif`?"),
    Refusal(reports: ["xyzzy=a"], errors: "the formats are"),
    Refusal(reports: ["json=a", "sarif=a"], errors: "twice"),
    Refusal(reports: ["json=a", "sarif=./folder/../a"], errors: "twice"),
    Refusal(reports: ["json=file", "sarif=link"], errors: "twice"),
    Refusal(reports: ["json=good", "sarif=missing/a"], errors: "cannot write the report"),
  ])
  func whatCannotBeWrittenIsAUsageErrorBeforeAnyWork(_ given: Refusal) throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "file")
    let manager = FileManager.default
    try manager.createDirectory(at: folder.url.appending(path: "folder"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(
      atPath: folder.url.appending(path: "link").path, withDestinationPath: "file")
    let outcome = try Self.run(given.reports.flatMap { ["--report", $0] } + [Self.asset], in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(given.errors), "\(outcome.errors)")
    #expect(outcome.text.isEmpty)
    #expect(try Self.names(in: folder) == ["file", "folder", "link"])
    #expect(try Self.text("file", in: folder) == "before")
  }

  @Test func anInputIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.write("{}", to: "job.json")
    let outcome = try Self.run(["--report", "json=./job.json", "job.json"], in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("an input"))
    #expect(try Self.text("job.json", in: folder) == "{}")
  }

  /// Only root may write everywhere.
  @Test(.enabled(if: geteuid() != 0, "root may write every file"))
  func whatIsReadOnlyIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("before", to: "report.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
    let outcome = try Self.run(["--report", "json=report.json", Self.asset], in: folder)
    #expect(outcome.status == 2)
    #expect(try Self.text("report.json", in: folder) == "before")
  }

  @Test func whatIsReadOnTheWayIsNotReplacedEither() throws {
    let folder = try TemporaryFolder()
    let image = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
    let job = #"{"start_image_url": "a.jpg"}"#
    try folder.write(image, to: "jobs/a.jpg")
    try folder.write(job, to: "jobs/job.json")
    try folder.write("depth: full\n", to: ".wan-check.yml")
    for target in ["jobs/job.json", "jobs/a.jpg", ".wan-check.yml"] {
      let outcome = try Self.run(["jobs", "--report", "json=\(target)"], in: folder)
      #expect(outcome.status == 2, "\(target)")
    }
    #expect(try Data(contentsOf: folder.url.appending(path: "jobs/a.jpg")) == image)
    #expect(try Self.text("jobs/job.json", in: folder) == job)
    #expect(try Self.text(".wan-check.yml", in: folder) == "depth: full\n")
    #expect(try Self.names(in: folder) == [".wan-check.yml", "jobs"])
  }

  /// Exit code 0 means that every input is valid, even for `wan-check … | head -1` under `pipefail`.
  @Test func aReaderThatLeavesChangesNoVerdict() throws {
    let folder = try TemporaryFolder()
    let good = Fixture("accept/image/jpeg-420.jpg").url.path
    let bash = try #require(Program(named: "bash"))
    let wanCheck = Program.wanCheck.executable.path
    let command =
      "'\(wanCheck)' --jobs 1 \((0..<40).map { _ in "'\(good)'" }.joined(separator: " ")) '\(Self.asset)'"
    let outcome = try bash.run(["-c", "\(command) | true; exit ${PIPESTATUS[0]}"], in: folder.url)
    #expect(outcome.status == 1, "\(outcome.errors)")
  }

  @Test func anExistingReportIsReplacedAndALinkStays() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(String(repeating: "before", count: 10_000), to: "report.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let link = folder.url.appending(path: "link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "report.json")
    // A reader of the old report can go on reading it.
    let old = try FileHandle(forReadingFrom: file)
    #expect(try Self.run(["--report", "json=link", Self.asset], in: folder).status == 1)
    #expect(try Self.names(in: folder) == ["link", "report.json"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "report.json")
    #expect(try Self.text("report.json", in: folder).hasPrefix("{"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try old.readToEnd()?.count == 60_000)
  }

  /// Interrupts the run while it works, once or several times.
  @Test(arguments: [1, 6]) func anInterruptionLeavesEverythingAsItWas(times: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("before", to: "report.json")
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script =
      "mkfifo f; (sleep 20 > f) & \"$0\" --report json=report.json --report sarif=new.sarif \"$1\" - < f & p=$!; sleep 1; ls -A; "
      + "for i in $(seq \(times)); do kill -INT $p 2>/dev/null; sleep 0.3; done; wait $p; echo $?"
    let outcome = try shell.run(
      ["-c", script, Program.wanCheck.executable.path, Self.asset], in: folder.url)
    #expect(outcome.text.hasSuffix("130\n"), "\(outcome.text)\(outcome.errors)")
    // The temporary file existed before the signal.
    #expect(outcome.text.contains(".wan-check-"))
    #expect(try Self.names(in: folder) == ["f", "report.json"])
    #expect(try Self.text("report.json", in: folder) == "before")
  }

  @Test func aFullDiskIsAnInternalErrorWithItsReason() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = try TemporaryFolder()
    let outcome = try Self.run(
      ["--report", "json=/dev/full", "--report", "sarif=a.sarif", Self.asset], in: folder)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("cannot write the report /dev/full"))
    // The other report and standard output are complete.
    #expect(outcome.text.contains("[media-format]"))
    #expect(try Self.names(in: folder) == ["a.sarif"])
  }

  @Test func queriesNeverGoToAFile() throws {
    let folder = try TemporaryFolder()
    let reports = Self.formats.flatMap { ["--report", "\($0)=report.\($0)"] }
    let url = "https://cdn.example.net/a.png?sig=x7Qq93"
    let outcome = try Self.run(["--offline", "--show-urls"] + reports + [url], in: folder)
    #expect(outcome.status == 3)
    #expect(outcome.text.contains("sig=x7Qq93"))
    for name in try Self.names(in: folder) {
      #expect(!(try Self.text(name, in: folder)).contains("x7Qq93"), "\(name)")
    }
  }

  @Test func aReaderThatLeavesDoesNotEndTheFiles() throws {
    let folder = try TemporaryFolder()
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run(
      [
        "-c", "mkfifo p; (true < p) & \"$0\" --report json=a.json \"$1\" > p; echo $?",
        Program.wanCheck.executable.path, Self.asset,
      ],
      in: folder.url)
    #expect(outcome.text == "1\n", "\(outcome.errors)")
    #expect(try Self.text("a.json", in: folder).hasSuffix("}\n"))
  }

  // MARK: The job summary of GitHub Actions

  @Test func theSummaryIsAddedTo() throws {
    let folder = try TemporaryFolder()
    try folder.write("# before\n\n", to: "summary.md")
    let variables = ["GITHUB_STEP_SUMMARY": folder.url.appending(path: "summary.md").path]
    #expect(try Self.run(["--format", "github", Self.asset], in: folder, environment: variables).status == 1)
    let summary = try Self.text("summary.md", in: folder)
    let markdown = try Self.run(["--format", "markdown", Self.asset], in: folder, environment: variables).text
    #expect(summary == "# before\n\n" + markdown)
    #expect(try Self.run([Self.asset], in: folder, environment: variables).status == 1)
    #expect(try Self.text("summary.md", in: folder) == summary)
  }

  @Test func aSummaryThatCannotBeWrittenChangesNoExitCode() throws {
    let folder = try TemporaryFolder()
    let variables = ["GITHUB_STEP_SUMMARY": "missing/summary.md"]
    let outcome = try Self.run(["--format", "github", Self.asset], in: folder, environment: variables)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("step summary"))
    #expect(outcome.text.contains("::error "))
  }
}

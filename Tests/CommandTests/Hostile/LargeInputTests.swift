import FixtureKit
import Foundation
import Testing

/// Job files and folders of any size: every input gets a result, and memory use does not grow with their number.
@Suite(.serialized) struct LargeInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A sparse file of zeros.
  private func writeZeros(_ size: UInt64, after start: String = "", to name: String) throws {
    let file = try FileHandle(forWritingTo: folder.write(start, to: name))
    try file.truncate(atOffset: size)
    try file.close()
  }

  struct Huge: Sendable, CustomTestStringConvertible {
    var name: String
    var start = ""
    var size: UInt64 = 1 << 30
    var message: String
    var testDescription: String { "\(size >> 20) MiB in \(name)" }
  }

  @Test(arguments: [
    Huge(name: "jobs.jsonl", size: 100 << 20, message: "the line has more than 16777216 bytes"),
    Huge(name: "job.json", message: "the document has more than 67108864 bytes"),
    Huge(name: "text.json", start: #"{"prompt": ""#, message: "the document has more than 67108864 bytes"),
    Huge(name: "job.yml", message: "the document has more than 67108864 bytes"),
    Huge(name: "text.yml", start: "prompt: \"", message: "the document has more than 67108864 bytes"),
  ])
  func aFileWithoutEndIsALimit(_ huge: Huge) throws {
    try writeZeros(huge.size, after: huge.start, to: huge.name)
    let run = try MeasuredRun(["--no-config", huge.name], in: folder)
    #expect(run.outcome.status == 3, "\(run.outcome.text.prefix(500)) \(run.outcome.errors)")
    #expect(run.outcome.text.contains(huge.message), "\(run.outcome.text.prefix(500))")
    #expect(run.outcome.text.contains("[probe-limit]"))
    #expect(run.peak < 300, "\(run.peak) MB")
  }

  /// A pipe has no size that could be read in advance.
  @Test func aLineFromAPipeIsALimitAndTheNextIsAJob() throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script = """
      { head -c 100000000 /dev/zero; printf '\\n{"seed": -1}\\n'; } \
      | "$0" --no-config --format jsonl --stdin-filename jobs.jsonl -
      """
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let results = outcome.text.split(separator: "\n").dropFirst()
    #expect(results.count == 3)
    #expect(results.first?.contains("probe-limit") == true)
    #expect(results.dropFirst().first?.contains("seed-range") == true)
  }

  /// Ten times as many jobs need the same memory; `Tests/Endurance/jobs` tests it with a million.
  @Test func memoryDoesNotGrowWithTheNumberOfJobs() throws {
    var peaks: [Double] = []
    for count in [600, 6_000] {
      // All jobs have the same id, which is allowed if they are only checked.
      try folder.write(
        String(repeating: #"{"id": "same", "job": {"prompt": "a lake", "seed": -1}}"# + "\n", count: count),
        to: "jobs.jsonl")
      let run = try MeasuredRun(["--no-config", "--format", "jsonl", "jobs.jsonl"], in: folder)
      #expect(run.outcome.status == 1, "\(run.outcome.errors)")
      #expect(run.outcome.text.contains(#""inputs":\#(count)"#))
      peaks.append(run.peak)
    }
    #expect(peaks[1] < peaks[0] + 15, "\(peaks) MB")
  }

  @Test func aFolderOfManyFilesIsWalkedToItsEnd() throws {
    let image = try folder.write(
      try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "in/m/last.png")
    for number in 0..<1_000 {
      try folder.write("no media", to: "in/m/\(number)")
    }
    for number in 0..<100 {
      try FileManager.default.linkItem(
        at: image, to: folder.url.appending(path: "in/m/\(number).png"))
    }
    let run = try MeasuredRun(["--no-config", "--format", "jsonl", "in"], in: folder)
    #expect(run.outcome.status == 0, "\(run.outcome.errors)")
    #expect(run.outcome.text.contains(#""inputs":101"#), "\(run.outcome.text.suffix(300))")
    #expect(run.peak < 200, "\(run.peak) MB")
  }
}

import FixtureKit
import Foundation
import Testing

/// Each input that is not an ordinary file has a message of its own. None hangs, and none is called valid.
@Suite struct OddFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let script = """
      ln -s circle.png circle.png; ln -s there.png back.png; ln -s back.png there.png; ln -s nowhere.png dangling.png
      mkfifo pipe.png; mkfifo pipe.json; ln -s /dev/zero zero.png; ln -s /dev/zero zero.json; ln -s . again
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.png")'
      """
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    _ = try shell.run(["-c", script], in: folder.url)
  }

  private struct Odd: Sendable {
    var path: String
    var rule = "file-unreadable"
    var message: String
    var isLinuxOnly = false
  }

  private static let all = [
    Odd(path: "circle.png", message: "the symbolic links form a loop"),
    Odd(path: "back.png", message: "the symbolic links form a loop"),
    Odd(path: "dangling.png", rule: "file-missing", message: "there is no such file"),
    Odd(path: "pipe.png", message: "this is a pipe, not a file"),
    Odd(path: "socket.png", message: "this is a socket, not a file"),
    Odd(path: "zero.png", message: "this is a device, not a file"),
    Odd(path: "/dev/zero", message: "this is a device, not a file"),
    Odd(path: "/dev/null", message: "this is a device, not a file"),
    Odd(path: "/proc/cpuinfo", message: "states no length, and is not empty", isLinuxOnly: true),
    Odd(path: "/proc/self/maps", message: "states no length, and is not empty", isLinuxOnly: true),
    // The first page of the file cannot be read: a read fails as on a broken disk.
    Odd(path: "/proc/self/mem", message: "Input/output error", isLinuxOnly: true),
    Odd(path: "again/again/again/pipe.png", message: "this is a pipe, not a file"),
  ]

  #if os(Linux)
    private static let odd = all
  #else
    private static let odd = all.filter { !$0.isLinuxOnly }
  #endif

  private func results(_ arguments: [String], input: String = "") throws -> [[String: Any]] {
    let outcome = try Program.wanCheck.run(
      ["--no-config", "--format", "jsonl"] + arguments, input: Data(input.utf8), in: folder.url)
    return try outcome.output.split(separator: UInt8(ascii: "\n")).dropFirst().dropLast().map { line in
      try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any], "\(outcome.errors)")
    }
  }

  private func expect(_ results: [[String: Any]]) throws {
    #expect(results.count == Self.odd.count)
    for (odd, result) in zip(Self.odd, results) {
      let findings = try #require(result["findings"] as? [[String: Any]])
      let finding = findings.first { $0["rule"] as? String == odd.rule }
      let message = finding?["message"] as? String ?? "\(Reports.rules(of: result))"
      #expect(message.contains(odd.message), "\(odd.path)")
      #expect(result["verdict"] as? String == (odd.rule == "file-missing" ? "invalid" : "inconclusive"))
    }
  }

  @Test func asAssetsTheyAreToldApart() throws {
    try expect(try results(Self.odd.map(\.path)))
  }

  @Test func inJobsTheyAreToldApart() throws {
    let jobs = Self.odd.map { #"{"start_image_url": "\#($0.path)"}"# }.joined(separator: "\n")
    try expect(try results(["--allow-paths", "--stdin-filename", "jobs.jsonl", "-"], input: jobs))
  }

  @Test func asJobFilesTheyAreUnread() throws {
    for result in try results(["pipe.json", "zero.json"]) {
      #expect(Reports.rules(of: result) == ["file-unreadable"])
    }
  }

  /// Input whose reads always fail gets one finding, and the run ends.
  @Test(arguments: ["- <&-", "- <.", "--stdin-filename x.jsonl - <.", "mem.json", "mem.jsonl", "mem.yml"])
  func aReadThatFailsIsToldOnce(_ input: String) throws {
    #if os(Linux)
      let script = """
        for name in mem.json mem.jsonl mem.yml; do ln -s /proc/self/mem "$name"; done
        timeout 60 "$0" --no-config --format jsonl \(input) | head -c 100000
        """
      let shell = Program(executable: URL(filePath: "/bin/sh"))
      let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
      let lines = outcome.text.split(separator: "\n").dropFirst()
      #expect(lines.count == 2, "\(outcome.text) \(outcome.errors)")
      let result = try #require(
        try JSONSerialization.jsonObject(with: Data((lines.first ?? "{}").utf8)) as? [String: Any])
      #expect(result["verdict"] as? String == "inconclusive")
      #expect(Reports.rules(of: result) == ["probe-limit"])
    #endif
  }

  @Test func inAFolderItIsPassedOver() throws {
    let outcome = try Program.wanCheck.run(["--no-config", "again"], in: folder.url)
    #expect(outcome.status == 2, "\(outcome.text)")
    #expect(outcome.errors.contains("no media and no jobs found"))
  }

  /// While another program writes to the file, the run still ends, and a changed file is never called valid.
  @Test func aFileThatChangesWhileItIsReadIsNotValid() throws {
    let image = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
    try folder.write(image, to: "image.jpg")
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script = """
      (while [ ! -e done ]; do printf x >>changing.jpg; head -c 3000 image.jpg >changing.jpg; cat image.jpg >changing.jpg; done) &
      cp image.jpg changing.jpg
      set --; for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do set -- "$@" changing.jpg image.jpg; done
      "$0" --no-config --format jsonl "$@"; echo "ended with $?"; touch done; wait
      """
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    let lines = outcome.text.split(separator: "\n").dropFirst()
    #expect(lines.count == 42, "\(outcome.errors)")
    for (number, line) in lines.prefix(40).enumerated() {
      let result = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let rules = Set(Reports.rules(of: result))
      if number % 2 == 1 || rules.isEmpty {
        #expect(result["verdict"] as? String == "valid")
      } else {
        let possible: Set = [
          "asset-changed", "file-empty", "image-truncated", "image-corrupt", "image-trailing-data",
          "media-format", "file-unreadable",
        ]
        #expect(rules.isSubset(of: possible), "\(rules)")
      }
    }
  }

  /// In every format a file name is plain text, and never controls the terminal.
  @Test(arguments: ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "html"])
  func aHostileNameIsShownAsText(format: String) throws {
    let name = "a\u{1B}[31m\u{9B}2J\u{202E}gpj\u{2066}\nb\r\u{7}::error::x%0A<script>alert(1)</script>.png"
      .replacing("/", with: "\u{2215}")
    try folder.write("no picture", to: name)
    try folder.write(
      #"{"start_image_url": "\u001b[2J\u202e.png", "\u009b31m": "\u001b]0;x\u0007"}"#, to: "j.json")
    let outcome = try Program.wanCheck.run(
      ["--no-config", "--color", "never", "--format", format, "--", name, "j.json"], in: folder.url)
    #expect(outcome.status == 1)
    for text in [outcome.text, outcome.errors] {
      let drivers = text.unicodeScalars.filter { scalar in
        scalar != "\n" && scalar.properties.generalCategory == .control
          || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      }
      #expect(drivers.isEmpty, "\(drivers.map(\.value))")
      #expect(format != "html" || !text.contains("<script>alert"))
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::x") })
    }
  }
}

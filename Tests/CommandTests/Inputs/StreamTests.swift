import FixtureKit
import Foundation
import Testing

/// Standard input as a stream of jobs and assets, parts of a run, and runs that end early.
@Suite struct StreamTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let picture = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
    for name in ["a.jpg", "b.jpg", "c.jpg"] { try folder.write(picture, to: name) }
  }

  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    try Program.wanCheck.run(["--no-config"] + arguments, input: Data(input.utf8), in: folder.url)
  }

  private func lines(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    try outcome.output.split(separator: UInt8(ascii: "\n")).map {
      try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any])
    }
  }

  /// The shell sends a line only after it has read the answer to the one before, so a run that waits for more hangs.
  @Test func eachLineIsAnsweredBeforeTheNextIsSent() throws {
    let bash = try #require(Program(named: "bash"))
    let script = #"""
      coproc CHECK { "$0" --no-config --format jsonl -; }
      read -r run <&"${CHECK[0]}"; echo "$run"
      for line in '{"id":1,"job":{"start_image_url":"a.jpg"}}' '{"id":2,"job":' '{"id":3,"asset":"a.jpg"}'; do
        echo "$line" >&"${CHECK[1]}"
        read -r -t 60 answer <&"${CHECK[0]}" || exit 9
        echo "$answer"
      done
      eval "exec ${CHECK[1]}>&-"
      cat <&"${CHECK[0]}"
      """#
    let outcome = try bash.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
    let lines = try lines(outcome)
    #expect(lines.map { $0["kind"] as? String } == ["run", "job", "job", "asset", "summary"])
    #expect(lines.compactMap { $0["index"] as? Int } == [0, 1, 2])
    #expect(lines.compactMap { $0["verdict"] as? String } == ["valid", "invalid", "valid"])
  }

  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var verdict: String
    var role: String?
    var message: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Line(text: #"{"id":"x","asset":"a.jpg"}"#, verdict: "valid", role: "start_image"),
    Line(text: #"{"id":"x","asset":"a.jpg","role":"end_image"}"#, verdict: "valid", role: "end_image"),
    Line(text: #"{"id":"x","asset":"a.jpg","role":null}"#, verdict: "valid", role: "start_image"),
    Line(text: #"{"id":"x","asset":"a.jpg","role":"audio"}"#, verdict: "invalid", role: "audio"),
    Line(text: #"{"id":"x","asset":"/etc/hostname"}"#, verdict: "inconclusive", message: "leads out of"),
    Line(
      text: #"{"id":"x","asset":"a.jpg","role":"cover"}"#, verdict: "invalid",
      message: "`role` must be one of"),
    Line(text: #"{"id":"x","asset":"a.jpg","roll":"audio"}"#, verdict: "invalid", message: "unknown member"),
    Line(text: #"{"id":"x","asset":7}"#, verdict: "invalid", message: "`asset` must be"),
    Line(text: #"{"id":"x","asset":""}"#, verdict: "invalid", message: "`asset` must be"),
  ])
  func aLineMayNameAnAsset(_ line: Line) throws {
    let outcome = try run(["--format", "jsonl", "-"], input: line.text + "\n")
    let result = try #require(try lines(outcome).dropFirst().first)
    #expect(result["id"] as? String == "x")
    #expect(result["verdict"] as? String == line.verdict, "\(outcome.text)")
    let asset = (result["assets"] as? [[String: Any]])?.first
    if let role = line.role { #expect(asset?["role"] as? String == role) }
    if let message = line.message { #expect(outcome.text.contains(message), "\(outcome.text)") }
  }

  /// Every input belongs to exactly one part, with the index that it has in a whole run.
  @Test func partsTakeTurns() throws {
    try folder.write("no media", to: "notes.txt")
    try folder.write("{\"asset\":\"a.jpg\"}\n{\"asset\":\"b.jpg\"}\n", to: "list.jsonl")
    let whole = try lines(try run(["--format", "jsonl", "."]))
    let results = whole.dropFirst().dropLast().map {
      "\($0["index"] ?? "") \($0["input"] ?? "") \($0["record"] ?? "")"
    }
    #expect(results.count == 5)
    var found: [String] = []
    for part in 0..<3 {
      let outcome = try run(["--format", "jsonl", "--shard", "\(part)/3", "."])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let lines = try lines(outcome)
      #expect((lines.first?["shard"] as? [String: Int]) == ["index": part, "count": 3])
      let indices = lines.compactMap { $0["index"] as? Int }
      #expect(indices.allSatisfy { $0 % 3 == part } && !indices.isEmpty)
      found += lines.dropFirst().dropLast().map {
        "\($0["index"] ?? "") \($0["input"] ?? "") \($0["record"] ?? "")"
      }
    }
    #expect(found.sorted() == results.sorted())
    // A part may be empty; a run without inputs is wrong usage.
    #expect(try run(["--shard", "7/9", "a.jpg"]).status == 0)
  }

  @Test(arguments: ["3/3", "-1/3", "1", "a/b", "1/0", "1/2/3", "0/99999999999999999999"])
  func aPartMustExist(shard: String) throws {
    #expect(try run(["--shard=\(shard)", "a.jpg"]).status == 2)
  }

  @Test func verdictsMayBeIgnored() throws {
    try folder.write("no media", to: "notes.txt")
    #expect(try run(["--exit-zero", "notes.txt"]).status == 0)
    #expect(try run(["--exit-zero", "--offline", "https://cdn.example.net/a.png"]).status == 0)
    #expect(try run(["--exit-zero"]).status == 2)
    for command in [["submit"], ["fix", "--into", "out"]] {
      for option in [["--exit-zero"], ["--shard", "0/2"]] {
        let outcome = try Program.wanCheck.run(command + option + ["notes.txt"], in: folder.url)
        #expect(outcome.status == 2 && outcome.errors.contains("are options of `check`"), "\(outcome.errors)")
      }
    }
  }

  /// A list of names may be longer than the memory of the process.
  @Test func aListOfNamesIsReadAsItArrives() throws {
    let bash = try #require(Program(named: "bash"))
    let script = #"""
      coproc CHECK { "$0" --no-config --format jsonl --files-from0 -; }
      read -r run <&"${CHECK[0]}"
      for name in a.jpg b.jpg; do
        printf '%s\0' "$name" >&"${CHECK[1]}"
        read -r -t 60 answer <&"${CHECK[0]}" || exit 9
        echo "$answer"
      done
      """#
    let outcome = try bash.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
    #expect(try lines(outcome).compactMap { $0["input"] as? String } == ["a.jpg", "b.jpg"])
  }

  /// The document is complete and says that the run is not.
  @Test(arguments: ["json", "jsonl"]) func anInterruptedRunClosesItsDocument(format: String) throws {
    let bash = try #require(Program(named: "bash"))
    let script = #"""
      mkfifo in; "$0" --no-config --format "$1" - <in >out & check=$!
      exec 3>in; echo '{"asset":"a.jpg"}' >&3
      for i in $(seq 600); do grep -q verdict out && break; sleep 0.1; done
      kill -TERM $check; wait $check; echo "status $?" >&2; cat out
      """#
    let outcome = try bash.run(["-c", script, Program.wanCheck.executable.path, format], in: folder.url)
    #expect(outcome.errors.contains("status 130"), "\(outcome.errors)")
    let last =
      format == "json" ? outcome.output : outcome.output.split(separator: UInt8(ascii: "\n")).last ?? Data()
    let document = try #require(try JSONSerialization.jsonObject(with: last) as? [String: Any])
    #expect(document["interrupted"] as? Bool == true)
    #expect((document["summary"] as? [String: Int])?["inputs"] == 1)
  }
}

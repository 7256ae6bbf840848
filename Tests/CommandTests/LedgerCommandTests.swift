import FixtureKit
import Foundation
import JobDocuments
import SystemPackage
import Testing
import WanCheck

@testable import WanSubmit
@testable import WanSubmitReport
@testable import wan_check

/// `wan-check ledger …` on the ledger of a process that has ended.
@Suite struct LedgerCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.url.appending(path: "ledger.sqlite3").path }

  private func claim(_ digit: Character, id: String? = nil, input: String = "jobs.jsonl") -> LedgerClaim {
    LedgerClaim(
      fingerprint: String(repeating: digit, count: 64), account: String(repeating: "c", count: 64),
      apiBase: "https://api.freepik.com", jobID: id, input: input, index: 2, mode: .firstFrame,
      orderedDuration: 5, orderedResolution: nil,
      assets: [
        LedgerAsset(
          role: .startImage, sha256: String(repeating: "d", count: 64), bytes: 18, locationID: "5f2c9a1b77e0")
      ])
  }

  /// Row 1 is submitted, row 2 refused, row 3 was being sent when the process ended.
  private func makeLedger() async throws {
    let ledger = try Ledger(at: FilePath(path))
    let time: Double = 1_795_600_800
    _ = try await ledger.claim(claim("1", id: "cat"), force: false, now: time)
    try await ledger.settle(
      1, as: .submitted(WanTask(id: "0d4e5c3a-1111-4222-8333-944445555666", status: .created)),
      now: time + 1.5)
    _ = try await ledger.claim(claim("2"), force: false, now: time)
    try await ledger.settle(
      2, as: .refused(ProviderError(status: 402, message: "no credit", requestID: "r-1")), now: time + 1)
    _ = try await ledger.claim(
      claim("3", id: "evil\u{1B}[2J\u{202E}"), force: false, now: time)
  }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.wanCheck.run(["ledger"] + arguments, environment: environment, in: folder.url)
  }

  @Test func listsRowsInAlignedColumns() async throws {
    try await makeLedger()
    let outcome = try run("list", "--ledger", path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let task = try #require(lines[0].range(of: "TASK")?.lowerBound)
    #expect(lines[1][task...].hasPrefix("0d4e5c3a-1111-4222-8333-944445555666  cat"))
    #expect(lines[1].contains("submitted"))
    #expect(lines[2].contains("refused"))
    #expect(lines[2].hasSuffix("jobs.jsonl[2]"))
    #expect(lines[3].contains("unknown"))
    #expect(!outcome.text.contains("\u{1B}"))
    #expect(!outcome.text.contains("\u{202E}"))
  }

  @Test func selectsRows() async throws {
    try await makeLedger()
    #expect(
      try run("list", "--ledger", path, "--state", "unknown", "--format", "jsonl").text.count { $0 == "\n" }
        == 1)
    let newest = try run("list", "--ledger", path, "--limit", "2", "--format", "json")
    let rows = try #require(try JSONSerialization.jsonObject(with: newest.output) as? [[String: Any]])
    #expect(rows.map { $0["row"] as? Int } == [2, 3])
    #expect(try run("list", "--ledger", path, "--state", "not_sent").text == "no rows\n")
  }

  @Test func exportsEveryRowWithEveryKey() async throws {
    try await makeLedger()
    let outcome = try run("export", "--ledger", path)
    #expect(outcome.status == 0)
    let lines = try outcome.text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    try #require(lines.count == 3)
    let keys = [
      "account", "api_base", "assets", "fingerprint", "forced", "index", "input", "job_id", "message", "mode",
      "ordered_duration", "ordered_resolution", "request_id", "resolution", "resolved_at", "row", "sent_at",
      "settled_at", "state", "status", "task_id",
    ]
    for line in lines { #expect(line.keys.sorted() == keys) }
    #expect(lines[0]["sent_at"] as? String == "2026-11-25T10:00:00.000Z")
    #expect(lines[0]["settled_at"] as? String == "2026-11-25T10:00:01.500Z")
    #expect(lines[1]["status"] as? Int == 402)
    #expect(lines[1]["request_id"] as? String == "r-1")
    #expect(lines[2]["state"] as? String == "unknown")
    #expect(lines[2]["job_id"] as? String == "evil\u{1B}[2J\u{202E}")
    #expect(!outcome.text.contains("\u{202E}"))
  }

  @Test func showsOneRowAndWhatToDo() async throws {
    try await makeLedger()
    let known = try run("show", "cat", "--ledger", path)
    #expect(known.status == 0)
    for words in ["submitted", "0d4e5c3a-1111", "2026-11-25 10:00:00 UTC", "18 bytes", "5f2c9a1b77e0"] {
      #expect(known.text.contains(words), "\(words)")
    }
    #expect(!known.text.contains("resolve"))
    let unknown = try run("show", "333333333333", "--ledger", "ledger.sqlite3")
    #expect(unknown.text.contains("wan-check ledger resolve 3 --task TASK --ledger ledger.sqlite3\n"))
    #expect(unknown.text.contains("wan-check ledger resolve 3 --not-sent --ledger ledger.sqlite3\n"))
    #expect(unknown.text.contains("the process ended"))
    #expect(!unknown.text.contains("\u{1B}"))
    let json = try run("show", "3", "--ledger", path, "--format", "json")
    let row = try JSONSerialization.jsonObject(with: json.output) as? [String: Any]
    #expect(row?["row"] as? Int == 3)
  }

  @Test func resolvesWhatIsUnknown() async throws {
    try await makeLedger()
    let resolved = try run("resolve", "3", "--task", "t-3", "--ledger", path)
    #expect(resolved.status == 0, "\(resolved.errors)")
    #expect(resolved.text == "row 3: submitted, task t-3\n")
    #expect(try run("list", "--ledger", path, "--state", "submitted").text.contains("t-3"))
    let again = try run("resolve", "3", "--not-sent", "--ledger", path)
    #expect(again.status == 2)
    #expect(again.errors.contains("not unknown"))
  }

  @Test func aRowUnderWayIsNotResolved() async throws {
    let ledger = try Ledger(at: FilePath(path))
    _ = try await ledger.claim(claim("1"), force: false, now: 1)
    #expect(try run("list", "--ledger", path).text.contains("sending"))
    let outcome = try run("resolve", "1", "--not-sent", "--ledger", path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("being sent now"))
    try await ledger.settle(1, as: .submitted(WanTask(id: "t", status: .created)), now: 2)
  }

  @Test(arguments: [
    Call(arguments: ["show", "9"], status: 2, errors: "no row 9"),
    Call(arguments: ["show"], status: 2, errors: "row"),
    Call(arguments: ["resolve", "9", "--not-sent"], status: 2, errors: "no row 9"),
    Call(arguments: ["resolve", "3"], status: 2, errors: "either --task or --not-sent"),
    Call(arguments: ["resolve", "3", "--not-sent", "--task", "t"], status: 2, errors: "either"),
    Call(arguments: ["resolve", "3", "--task", ""], status: 2, errors: "a task has an empty name"),
    Call(
      arguments: ["resolve", "3", "--task", "0d4e5c3a-1111-4222-8333-944445555666"], status: 2,
      errors: "row 1"),
    Call(arguments: ["list", "--state", "lost"], status: 2, errors: "lost"),
    Call(arguments: ["list", "--limit", "0"], status: 2, errors: "--limit"),
    Call(arguments: ["list", "--ledger", ""], status: 2, errors: "--ledger is empty"),
    Call(
      arguments: ["list", "--ledger", "nowhere.sqlite3"], status: 2, errors: "no ledger at nowhere.sqlite3"),
    Call(
      arguments: ["resolve", "1", "--not-sent", "--ledger", "nowhere"], status: 2, errors: "no ledger at"),
    Call(arguments: ["list", "--ledger", "."], status: 2, errors: "it is a folder"),
    Call(arguments: ["export", "--ledger", "text"], status: 2, errors: "is not a ledger"),
  ])
  func endsAsDocumented(call: Call) async throws {
    try await makeLedger()
    try folder.write("text", to: "text")
    let ledger = call.arguments.contains("--ledger") ? [] : ["--ledger", path]
    let outcome = try Program.wanCheck.run(["ledger"] + call.arguments + ledger, in: folder.url)
    #expect(outcome.status == call.status, "\(outcome.text)\(outcome.errors)")
    if let errors = call.errors { #expect(outcome.errors.contains(errors), "\(outcome.errors)") }
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "nowhere.sqlite3").path))
  }

  @Test func aNewerLedgerIsRefusedInWords() async throws {
    try await makeLedger()
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[63] = 200
    try bytes.write(to: URL(filePath: path))
    let outcome = try run("list", "--ledger", path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("made by a newer wan-check"))
  }

  @Test func theUsualLedgerIsInTheStateFolder() async throws {
    let state = folder.url.appending(path: "state").path
    do {
      let ledger = try Ledger(at: FilePath(state + "/wan-check/ledger.sqlite3"))
      _ = try await ledger.claim(claim("1", id: "usual"), force: false, now: 1)
    }
    #expect(try run("list", environment: ["XDG_STATE_HOME": state]).text.contains("usual"))
    #expect(try run("list", environment: ["XDG_STATE_HOME": "", "HOME": ""]).status == 2)
  }

  @Test func severalProcessesMakeOneLedger() async throws {
    try folder.write("", to: "ledger.sqlite3")
    let programs = try (0..<8).map { _ in
      try RunningProgram.start(.wanCheck, ["ledger", "list", "--ledger", path])
    }
    for program in programs {
      let outcome = try await program.outcome()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text == "no rows\n")
    }
    #expect(try await Ledger(at: FilePath(path)).claim(claim("1"), force: false, now: 1) == .send(1))
  }

  /// Permissions do not bind root, so a test that runs as root changes to another user.
  @Test func aLedgerThatMayNotBeWrittenToIsOnlyRead() async throws {
    try await makeLedger()
    let folders = [folder.url, folder.url.appending(path: "ledger.sqlite3-owners")]
    defer { for url in folders { chmod(url.path, 0o700) } }
    chmod(path, 0o444)
    chmod(folders[1].path, 0o555)
    chmod(folders[0].path, 0o555)
    var program = Program.wanCheck
    var prefix: [String] = []
    if geteuid() == 0 {
      guard let other = Program(named: "setpriv") else { return }
      prefix = ["--reuid=65534", "--regid=65534", "--clear-groups", program.executable.path]
      program = other
      guard try program.run(prefix + ["--version"]).status == 0 else { return }
    }
    let list = try program.run(prefix + ["ledger", "list", "--ledger", path])
    #expect(list.status == 0, "\(list.errors)")
    #expect(list.text.contains("unknown"))
    let resolve = try program.run(prefix + ["ledger", "resolve", "3", "--not-sent", "--ledger", path])
    #expect(resolve.status == 2)
    #expect(resolve.errors.contains("cannot write"))
  }

  @Test func aReconciliationIsShownForPeopleAndScripts() throws {
    let row = LedgerRow(
      id: 4, fingerprint: String(repeating: "1", count: 64), account: "c", apiBase: "https://api.freepik.com",
      jobID: "cat\u{1B}", input: "jobs.jsonl", index: 0, mode: "first_frame", assets: [], isForced: false,
      state: .unknown, sentAt: 1_795_600_800, owner: "")
    let stray = WanTask(
      id: "t\u{202E}9", status: .completed, otherFields: ["created_at": .string("2026-11-25T10:00:02Z")])
    let found = Reconciliation(tasks: [stray], rows: [row], apiBase: "https://api.freepik.com", account: "c")
    let text = ReconciliationReport.text(found, ledgerOption: " --ledger x", width: 80, now: 0)
    #expect(text.contains("  t\\u{202E}9  COMPLETED, made 2026-11-25 10:00:02 UTC\n"))
    #expect(text.contains("  4  sent 2026-11-25 10:00:00 UTC  cat\\u{1B}\n"))
    #expect(text.contains("wan-check ledger resolve ROW --task TASK --ledger x\n"))
    let json = try JSONSerialization.jsonObject(with: Data(ReconciliationReport.json(found).utf8))
    let object = try #require(json as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "api_base", "matched", "stray_tasks", "under_way", "unknown_elsewhere", "unknown_rows", "unlisted",
      ])
    let tasks = try #require(object["stray_tasks"] as? [[String: Any]])
    #expect(tasks.first?["created_at"] as? String == "2026-11-25T10:00:02.000Z")
    let nothing = Reconciliation(tasks: [], rows: [], apiBase: "x", account: "c")
    let quiet = ReconciliationReport.text(nothing, ledgerOption: "", width: 80, now: 0)
    #expect(!quiet.contains("resolve"))
  }
}

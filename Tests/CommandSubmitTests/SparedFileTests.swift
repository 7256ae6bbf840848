import FixtureKit
import Foundation
import ProviderKit
import Testing

/// No output overwrites a file that a run depends on, whatever name is used for it.
@Suite struct SparedFileTests {
  /// The files that every run finds in its folder.
  private static func prepare(_ trial: SubmitTrial) async throws -> String {
    let job = try trial.write(trial.body(), to: "job.json")
    _ = try trial.write("test-key", to: "key")
    _ = try trial.write("depth: full\n", to: "settings.yml")
    #expect(try await trial.submit([job], ["--yes"]).states == ["submitted"])
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let made = try shell.run(
      [
        "-c", "ln -s ledger.sqlite3 l1; ln key k2; ln job.json j2; ln -s . here; ln -s ledger.sqlite3-shm s1",
      ],
      in: trial.folder.url)
    #expect(made.status == 0)
    return job
  }

  @Test(arguments: [
    "ledger.sqlite3", "./ledger.sqlite3", "here/ledger.sqlite3", "l1", "ledger.sqlite3-wal", "s1",
    "ledger.sqlite3-journal", "key", "k2", "job.json", "j2", "here/job.json", "settings.yml",
  ])
  func isWrongUsage(_ name: String) async throws {
    try await SubmitTrial.with { trial in
      let job = try await Self.prepare(trial)
      let before = try Self.contents(of: trial)
      let options = ["--api-key-file", "key", "--config", "settings.yml", "--force", "--yes"]
      for output in [
        ["--report", "json=\(name)"], ["--report", "text=r.txt", "--report", "json=\(name)"],
        ["--download", name],
      ] {
        let outcome = try await trial.submit([job], options + output)
        #expect(outcome.status == 2, "\(output) \(outcome.errors)")
        #expect(outcome.errors.contains(name), "\(outcome.errors)")
      }
      #expect(trial.provider.calls.count == 1)
      #expect(try Self.contents(of: trial) == before)
    }
  }

  /// A check is not told where the ledger is; it recognizes one by its content.
  @Test(arguments: ["ledger.sqlite3", "l1", "ledger.sqlite3-wal", "job.json", "j2"])
  func alsoOfACheck(_ name: String) async throws {
    try await SubmitTrial.with { trial in
      let job = try await Self.prepare(trial)
      let before = try Self.contents(of: trial)
      let outcome = try await trial.run(["--no-config", "--report", "json=\(name)", job])
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(try Self.contents(of: trial) == before)
    }
  }

  @Test func aLedgerIsNoKeyAndNoInput() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      _ = try trial.write("", to: "empty")
      let outcome = try await trial.submit([job, "empty"], ["--ledger", "empty"])
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(trial.provider.calls.isEmpty)
    }
  }

  /// This opens the file as a shell's redirection does.
  @Test func aLinkThatLeadsNowhereStays() async throws {
    try await SubmitTrial.with { trial in
      let shell = Program(executable: URL(filePath: "/bin/sh"))
      #expect(try shell.run(["-c", "mkdir d; ln -s d/report.json link"], in: trial.folder.url).status == 0)
      let outcome = try await trial.run(
        ["--no-config", "--report", "json=link", Fixture("accept/image/png-gray-8.png").url.path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let link = trial.folder.url.appending(path: "link").path
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "d/report.json")
      let text = try String(contentsOf: trial.folder.url.appending(path: "d/report.json"), encoding: .utf8)
      #expect(text.contains("schema_version"))
    }
  }

  /// The names and bytes of all files in the folder, except those that readers of a ledger may change.
  private static func contents(of trial: SubmitTrial) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: trial.folder.url.path)
    return Dictionary(
      uniqueKeysWithValues: names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-owners") }.map { name in
        (name, (try? Data(contentsOf: trial.folder.url.appending(path: name))) ?? Data())
      })
  }
}

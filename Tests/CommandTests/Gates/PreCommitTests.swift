import FixtureKit
import Foundation
import Testing

/// The pre-commit hook, installed where git looks for it.
@Suite struct PreCommitTests {
  @Test func aBadAssetStopsTheCommitAndItsFixPasses() throws {
    let repository = try ScratchRepository()
    let script = ScratchRepository.root.appending(path: "Scripts/pre-commit").path
    let hook = try repository.folder.write(
      """
      #!/usr/bin/env bash
      git diff --cached --name-only -z --diff-filter=ACMR | xargs -0 '\(script)' --

      """, to: ".git/hooks/pre-commit")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook.path)

    try repository.copy("reject/image-dimensions/200x150.png", to: "a lake.png")
    try repository.folder.write(#"{"name": "no job"}"#, to: "package.json")
    try repository.git("add", "--all")
    let stopped = try repository.run(["git", "commit", "--message", "A lake"])
    #expect(stopped.status != 0)
    let said = stopped.text + stopped.errors
    #expect(said.contains("[image-dimensions]") && !said.contains("package.json"), "\(said)")

    let fix = try #require(said.firstMatch(of: /fix: ([^\n]+)/)).output.1
    let mended = try repository.run(["sh", "-c", "\(fix) && mv 'a lake-fixed.png' 'a lake.png'"])
    #expect(mended.status == 0, "\(mended.errors)")
    try repository.commit("A larger lake")
  }

  /// `args: [--strict]` would turn every name into an option, and no file would be checked.
  @Test func withoutItsSeparatorNothingPasses() throws {
    let repository = try ScratchRepository()
    try repository.copy("reject/image-dimensions/200x150.png", to: "a.png")
    let script = ScratchRepository.root.appending(path: "Scripts/pre-commit").path
    #expect(try repository.run([script, "--strict", "a.png"]).status == 2)
    #expect(try repository.run([script, "--strict", "--", "a.png"]).status == 1)
  }

  @Test func nothingToCheckIsNoFailure() throws {
    let repository = try ScratchRepository()
    try repository.folder.write("text", to: "a.txt")
    let script = ScratchRepository.root.appending(path: "Scripts/pre-commit").path
    #expect(try repository.run([script, "--", "a.txt"]).status == 0)
    #expect(try repository.run([script, "--"]).status == 0)
    let missing = try repository.run([script, "--"], ["WAN_CHECK": "no-such-program"])
    #expect(missing.status == 2 && missing.errors.contains("not installed"))
  }
}

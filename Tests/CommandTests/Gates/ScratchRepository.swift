import FixtureKit
import Foundation
import Testing

/// A temporary git repository whose media are checked with wan-check.
struct ScratchRepository {
  static let root = Fixture.root.deletingLastPathComponent()

  let folder: TemporaryFolder
  var url: URL { folder.url }

  init() throws {
    folder = try TemporaryFolder()
    try git("init", "--quiet", "--initial-branch=main")
  }

  /// The environment for git, without the user's own configuration.
  static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.net", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.net",
    "WAN_CHECK": Program.wanCheck.executable.path,
  ]

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let outcome = try run(["git"] + arguments)
    try #require(outcome.status == 0, "git \(arguments): \(outcome.errors)")
    return outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Commits all files and returns the commit's hash.
  @discardableResult
  func commit(_ message: String) throws -> String {
    try git("add", "--all")
    try git("commit", "--quiet", "--message", message)
    return try git("rev-parse", "HEAD")
  }

  func copy(_ fixture: String, to name: String) throws {
    try folder.write(try Data(contentsOf: Fixture(fixture).url), to: name)
  }

  /// Runs a command in the repository.
  func run(_ words: [String], _ variables: [String: String] = [:]) throws -> Program.Outcome {
    try Program(executable: URL(filePath: "/usr/bin/env")).run(
      words, environment: Self.environment.merging(variables) { $1 }, in: url)
  }

  /// Runs a script of the action.
  func action(_ name: String, _ variables: [String: String]) throws -> Program.Outcome {
    try run([Self.root.appending(path: ".github/action/\(name)").path], variables)
  }
}

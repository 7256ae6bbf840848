import ArgumentParser
import FixtureKit
import Foundation
import Testing

@testable import wan_check

/// Arguments of `watch`, and the error message for them.
struct MisuseCase: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var words: String

  var testDescription: String { words }
}

@Suite struct WatchOptionsTests {
  @Test(arguments: [
    MisuseCase(arguments: [], words: "missing task"),
    MisuseCase(arguments: ["ok", ""], words: "a task has an empty name"),
    MisuseCase(arguments: [String(repeating: "a", count: 4097)], words: "is longer than 4096 bytes"),
    MisuseCase(arguments: ["a", "--wait-timeout", "-1"], words: "wait-timeout"),
    MisuseCase(arguments: ["a", "--wait-timeout", "nan"], words: "wait-timeout"),
    MisuseCase(arguments: ["a", "--download", ""], words: "--download is the path of a folder"),
    MisuseCase(arguments: ["a", "--format", "xml"], words: "format"),
  ])
  func misuse(_ example: MisuseCase) {
    #expect {
      try WatchOptions.parse(example.arguments)
    } throws: {
      WatchOptions.fullMessage(for: $0).contains(example.words)
    }
  }

  /// Every task id that the provider has returned can be followed, whatever characters it has.
  @Test(arguments: ["a/b", ".", "..", "a?b", "a%2Fb", "é", "a\u{1B}[2Jb", "12"])
  func anyNameIsATask(_ name: String) throws {
    #expect(try WatchOptions.parse([name]).tasks == [name])
  }

  @Test func tasksAreFollowedOnce() throws {
    let options = try WatchOptions.parse(["b", "a", "b", "A", String(repeating: "x", count: 256)])
    #expect(options.distinctTasks == ["b", "a", "A", String(repeating: "x", count: 256)])
    #expect(options.continuationOptions == [])
  }

  @Test func whatWasAskedForIsAskedForAgain() throws {
    let arguments = [
      "--wait-timeout", "60", "--format", "json", "--allow-private-hosts", "--show-urls", "--quiet",
      "--color", "never",
    ]
    #expect(try WatchOptions.parse(["a"] + arguments).continuationOptions == arguments)
  }

  @Test(arguments: [
    (Continuation(), "task-1", "wan-check watch task-1"),
    (Continuation(download: "my out"), "task-1", "wan-check watch task-1 --download 'my out'"),
    (Continuation(download: "-out"), "task-1", "wan-check watch task-1 --download=-out"),
    (
      Continuation(download: "out", options: ["--api-base", "https://api.example.net/$x"]), "-task",
      "wan-check watch --download out --api-base 'https://api.example.net/$x' -- -task"
    ),
  ])
  func theCommandToGoOn(_ continuation: Continuation, _ task: String, _ command: String) throws {
    #expect(continuation.command(task) == command)
  }

  @Test(arguments: ["task-1", "-task"])
  func theCommandMeansTheSameToAShell(_ task: String) throws {
    let continuation = Continuation(download: "-it's \u{301}", options: ["--wait-timeout", "5"])
    let shell = try #require(Program(named: "sh"))
    let script = continuation.command(task).replacing("wan-check watch", with: #"printf '%s\n'"#)
    let words = try shell.run(["-c", script]).text.split(separator: "\n").map(String.init)
    let options = try WatchOptions.parse(words)
    #expect(options.tasks == [task])
    #expect(options.download == "-it's \u{301}")
    #expect(options.waitTimeout == 5)
  }
}

import Foundation
import Testing

@testable import WanSubmit

/// An id, and the name of a file that belongs to it: `#` stands for the eight digits of a changed id.
struct NameCase: Sendable, CustomTestStringConvertible {
  var id: String
  var name: String

  init(_ id: String, _ name: String) {
    self.id = id
    self.name = name
  }

  var testDescription: String { name }
}

@Suite struct ResultNameTests {
  @Test(arguments: [
    NameCase("shot-1", "shot-1.mp4"),
    NameCase("Szene 3_final (v2)", "Szene 3_final (v2).mp4"),
    NameCase("кадр-7", "кадр-7.mp4"),
    NameCase("a.b", "a.b.mp4"),
    NameCase("a/b", "a_b-#.mp4"),
    NameCase("../../etc/passwd", "_.._etc_passwd-#.mp4"),
    NameCase("..", "result-#.mp4"),
    NameCase(".", "result-#.mp4"),
    NameCase(".hidden", "hidden-#.mp4"),
    NameCase("-rf", "rf-#.mp4"),
    NameCase("~root", "root-#.mp4"),
    NameCase(" a ", "a-#.mp4"),
    NameCase("a.", "a-#.mp4"),
    NameCase("a. . ", "a-#.mp4"),
    NameCase(#"C:\temp"#, "C__temp-#.mp4"),
    NameCase("a\u{0}b\nc\u{1B}", "a_b_c_-#.mp4"),
    NameCase("gpj\u{202E}4pm", "gpj_4pm-#.mp4"),
    NameCase("a\u{200B}b\u{FEFF}", "a_b_-#.mp4"),
    NameCase("a\u{3000}b\u{2028}", "a_b_-#.mp4"),
    NameCase("a\u{3164}b", "a_b-#.mp4"),
    NameCase("$(rm) `x` 'y'!", "_(rm) _x_ _y__-#.mp4"),
    NameCase("what? *", "what_ _-#.mp4"),
    NameCase("CON", "_CON-#.mp4"),
    NameCase("con.txt", "_con.txt-#.mp4"),
    NameCase("Nul .a", "_Nul .a-#.mp4"),
    NameCase("COM1", "_COM1-#.mp4"),
    NameCase("lpt²", "_lpt²-#.mp4"),
    NameCase("COM10", "COM10.mp4"),
    NameCase("console", "console.mp4"),
    NameCase("///", "___-#.mp4"),
    NameCase(String(repeating: "x", count: 180), String(repeating: "x", count: 180) + ".mp4"),
    NameCase(String(repeating: "x", count: 181), String(repeating: "x", count: 180) + "-#.mp4"),
    NameCase(String(repeating: "é", count: 200), String(repeating: "é", count: 90) + "-#.mp4"),
    NameCase("a" + String(repeating: "€", count: 100), "a" + String(repeating: "€", count: 59) + "-#.mp4"),
    NameCase("a" + String(repeating: "\u{301}", count: 300), "result-#.mp4"),
  ])
  func names(_ example: NameCase) throws {
    let name = ResultName(taskID: example.id).fileName(attempt: 1, fileExtension: "mp4")
    #expect(withoutDigits(name) == example.name)
    #expect(name.utf8.count <= 200)
  }

  private func withoutDigits(_ name: String) -> String {
    name.replacing(#/-[0-9a-f]{8}\.mp4$/#, with: "-#.mp4")
  }

  @Test func idsThatDifferDoNotBecomeOneName() {
    let ids = [
      "a/b", "a:b", "a_b", "a\\b", "a?b", "/a_b", ".a_b", "..a_b", "a_b.", "a_b ", "-a_b", "é", "e\u{301}/",
    ]
    let names = Set(ids.map { ResultName(taskID: $0).stem })
    #expect(names.count == ids.count)
  }

  @Test func theJobsIdComesFirst() {
    #expect(ResultName(jobID: "shot", taskID: "task").stem == "shot")
    #expect(ResultName(jobID: "", taskID: "task").stem == "task")
    #expect(ResultName(jobID: nil, taskID: "task").stem == "task")
  }

  @Test func severalResultsAreNumbered() {
    let names = (1...3).map { ResultName(taskID: "shot", number: $0, of: 3).stem }
    #expect(names == ["shot-1", "shot-2", "shot-3"])
  }

  @Test func laterAttemptsAreNumbered() {
    let name = ResultName(taskID: "shot")
    #expect(name.fileName(attempt: 2, fileExtension: "mov") == "shot-2.mov")
    let longest = ResultName(taskID: String(repeating: "/", count: 999), number: 9999, of: 9999)
    #expect(longest.fileName(attempt: 9999, fileExtension: "webm").utf8.count <= 255)
  }
}

import JobDocuments
import Testing

@testable import WanSubmit

/// A field of a failed task, and the reason that is shown.
struct ReasonCase: Sendable, CustomTestStringConvertible {
  var fields: [String: DocumentValue]
  var reason: String?

  var testDescription: String { reason ?? "none" }
}

@Suite struct TaskEndingTests {
  @Test(arguments: [
    ReasonCase(fields: [:], reason: nil),
    ReasonCase(fields: ["error": .null, "progress": .integer(3)], reason: nil),
    ReasonCase(fields: ["error": .string("  ")], reason: nil),
    ReasonCase(fields: ["message": .string("bad\nimage")], reason: "bad image"),
    ReasonCase(fields: ["error": .object(["message": .string("too dark")])], reason: "too dark"),
    ReasonCase(fields: ["error": .string("\u{1B}[2J\u{202E}x")], reason: #"\u{1B}[2J\u{202E}x"#),
    ReasonCase(
      fields: ["error": .string("cannot fetch (https://user:pw@cdn.example.net/a.png?sig=secret) now")],
      reason: "cannot fetch (https://cdn.example.net/a.png?… now"),
    ReasonCase(
      fields: ["error": .string("see cdn.example.net/a.png?sig=secret why?")],
      reason: "see cdn.example.net/a.png?… why?"),
    ReasonCase(
      fields: ["error": .string(String(repeating: "x", count: 900))],
      reason: String(repeating: "x", count: 500)),
  ])
  func reasons(_ example: ReasonCase) {
    let task = WanTask(id: "t", status: .failed, otherFields: example.fields)
    #expect(TaskEnding(last: task).message == example.reason)
  }

  @Test func aFinalAnswerCountsWhateverCameAfterIt() {
    let task = WanTask(id: "t", status: .completed, generated: ["https://cdn.example.net/1.mp4"])
    let ending = TaskEnding(last: task, error: ClientError(.unreachable, message: "no connection"))
    #expect(ending.kind == .completed)
    #expect(!ending.kind.isFailure)
    #expect(!ending.kind.isOpen)
  }

  @Test(arguments: [
    (TaskEnding.Kind.failed, true, false), (.completedWithNothing, true, false), (.refused, true, false),
    (.pending, false, true), (.unreachable, false, true), (.completed, false, false),
  ])
  func whatAnEndMeans(_ kind: TaskEnding.Kind, _ isFailure: Bool, _ isOpen: Bool) {
    #expect(kind.isFailure == isFailure)
    #expect(kind.isOpen == isOpen)
    #expect("\(kind)" == kind.rawValue)
  }

  @Test func nobodyAskedIsPending() {
    #expect(TaskEnding(last: nil).kind == .pending)
    #expect(TaskEnding(last: nil).message == nil)
  }

  @Test func nothingGeneratedSaysSo() {
    let ending = TaskEnding(last: WanTask(id: "t", status: .completed))
    #expect(ending.message == "the provider reports that the task is done, but there are no results")
  }
}

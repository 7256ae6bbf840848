import JobDocuments
import Testing
import WanCheck

@Suite struct YAMLProblemTests {
  struct ProblemCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var place: String
    var says: String

    init(_ testDescription: String, _ text: String, _ place: String, says: String) {
      self.testDescription = testDescription
      self.text = text
      self.place = place
      self.says = says
    }
  }

  @Test(arguments: [
    ProblemCase("a colon in a text", "prompt: a cat: the story", "! 1:14 ", says: "in quotes"),
    ProblemCase("a tab before a key", "a: 1\n\tb: 2", "! 2:1 ", says: "use spaces"),
    ProblemCase("an indented key", "a: 1\n  b: 2", "! 2:4 ", says: "a colon is not allowed here"),
    ProblemCase("an open quotation mark", "a: \"x\nb: 1", "! 1:4 ", says: "its quotation mark is missing"),
    ProblemCase("an open bracket", "a: [1, 2", "! 1:4 ", says: "not closed"),
    ProblemCase("nothing behind a bracket", "a: [", "! 1:5 ", says: "a value is missing"),
    ProblemCase("a list on the key's line", "a: - b", "! 1:4 ", says: "a line of its own"),
    ProblemCase("a reserved sign", "a: @x", "! 1:4 ", says: "into quotes"),
    ProblemCase("an unknown escape", #"key: "a\qb""#, "! 1:8 ", says: "an escape that YAML does not have"),
    ProblemCase("a surrogate pair", #"a: "x\ud83d\ude00""#, "! 1:8 ", says: "with eight digits"),
    ProblemCase("emphasis of one word", "a: *slow zoom* in", "! 1:4 ", says: "put the text into quotes"),
    ProblemCase(
      "separators and noncharacters", "a: \u{2028}\nb: \u{1FFFF}", "!! 1:1 ", says: "write those as escapes"),
    ProblemCase(
      "separators and escaped noncharacters", "a: \u{2028}\nb: \"\\U0001fFfE\"", "!! 1:1 ",
      says: "write those as escapes"),
    ProblemCase("a control character", "b: 1\na: \u{1}", "! 2:4 ", says: "U+0001 is not allowed in YAML"),
    ProblemCase("DEL", "a: \u{7F}", "! 1:4 ", says: "U+007F is not allowed in YAML"),
    ProblemCase("a list as key", "? [a]\n: 1", "! 1:3 ", says: "a key must be a text"),
    ProblemCase("a tag of one's own", "a: !foo 1", "! 1:4 ", says: "the tag `!foo` has no meaning here"),
    ProblemCase(
      "a tag of YAML 1.1", "a: !!binary aGk=", "! 1:4 ", says: "the tag `!!binary` has no meaning here"),
    ProblemCase(
      "a tag that does not fit", "a: !!bool yes", "! 1:4 ", says: "`yes` is not what its tag `!!bool` says"),
    ProblemCase(
      "a fraction as integer", "a: !!int 5.0", "! 1:4 ", says: "`5.0` is not what its tag `!!int` says"),
    ProblemCase(
      "a long key", String(repeating: "k", count: 1100) + ": 1", "! 1:1101 ",
      says: "at most 1024 characters"),
    ProblemCase("nothing", "# only a comment\n", "! 1:1 ", says: "the file contains no job"),
    ProblemCase("an empty list", "[]", "! 1:1 ", says: "the file contains no job"),
  ])
  func problems(_ test: ProblemCase) throws {
    let records = JobRecord.all(in: test.text, .yaml)
    let problem = try #require(records.first?.problems.first?.outline)
    #expect(records.count == 1)
    #expect(records.first?.body == nil)
    #expect(problem.hasPrefix(test.place), "\(problem)")
    #expect(problem.contains(test.says), "\(problem)")
  }

  @Test func recordsBeforeAnErrorAreRead() {
    let records = JobRecord.all(in: "a: 1\n---\nb: 2\n---\nc: [\n", .yaml)
    #expect(records.map { $0.body == nil } == [false, false, true])
    #expect(records.map(\.index) == [0, 1, 2])
  }

  @Test func oneBadElementLeavesTheOthers() {
    let records = JobRecord.all(in: "- a: !x 1\n- a: 2\n", .yaml)
    #expect(
      records.map(\.outline) == ["! 1:6 the tag `!x` has no meaning here: remove it", "{a@2:3=#2@2:6}@2:3"])
  }
}

import JobDocuments
import Testing
import WanCheck

@Suite struct JobRecordTests {
  struct EnvelopeCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var id: String?
    var body: String?
    var extra: [String] = []
    var problems: [String] = []
  }

  @Test(arguments: [
    EnvelopeCase(testDescription: "a bare body", text: #"{"prompt": "x"}"#, body: "{prompt@1:2=x@1:12}@1:1"),
    EnvelopeCase(
      testDescription: "an id is not an envelope", text: #"{"id": "x"}"#, body: "{id@1:2=x@1:8}@1:1"),
    EnvelopeCase(
      testDescription: "an envelope", text: #"{"id": "x", "job": {"a": 1}}"#, id: "x",
      body: "{a@1:21=#1@1:26}@1:20"),
    EnvelopeCase(testDescription: "no id", text: #"{"job": {}}"#, body: "{}@1:9"),
    EnvelopeCase(
      testDescription: "an integer id", text: #"{"id": 12, "job": {}}"#, id: "12", body: "{}@1:19"),
    EnvelopeCase(
      testDescription: "a very large id", text: #"{"id": 99999999999999999999, "job": {}}"#,
      id: "99999999999999999999",
      body: "{}@1:37"),
    EnvelopeCase(
      testDescription: "more members", text: #"{"note": 1, "job": {}, "id": "", "prompt": "x"}"#, id: "",
      body: "{}@1:20",
      extra: ["note", "prompt"]),
    EnvelopeCase(
      testDescription: "a fraction as id", text: #"{"id": 1.5, "job": {}}"#, body: "{}@1:20",
      problems: ["! 1:8 `id` must be a string or an integer, not a number"]),
    EnvelopeCase(
      testDescription: "null as id", text: #"{"id": null, "job": {}}"#, body: "{}@1:21",
      problems: ["! 1:8 `id` must be a string or an integer, not null"]),
    EnvelopeCase(
      testDescription: "a control character in the id", text: #"{"id": "k\u0000x", "job": {}}"#,
      id: "k\u{0}x",
      body: "{}@1:27",
      problems: ["! 1:8 `id` must not hold control characters such as a NUL or a line break"]),
    EnvelopeCase(
      testDescription: "a list as job", text: #"{"id": "x", "job": [{}]}"#, id: "x",
      problems: ["! 1:20 `job` must be an object, the request body, not an array"]),
    EnvelopeCase(
      testDescription: "a text as job", text: #"{"job": "a.json"}"#,
      problems: ["! 1:9 `job` must be an object, the request body, not a string"]),
    EnvelopeCase(testDescription: "no object", text: "5", body: "#5@1:1"),
  ])
  func envelopes(_ test: EnvelopeCase) throws {
    for format in [JobDocumentFormat.json, .jsonLines, .yaml] {
      let records = JobRecord.all(in: test.text, format)
      let record = try #require(records.first)
      #expect(records.count == 1)
      #expect(record.id == test.id)
      #expect(record.body?.outline == test.body)
      #expect(record.extraMembers.map(\.key) == test.extra)
      #expect(record.problems.map(\.outline) == test.problems)
      #expect(record.position == .start)
    }
  }

  @Test func repeatedKeysInsideTheEnvelopeAreProblemsOfTheRecord() throws {
    let record = try #require(JobRecord.all(in: #"{"job": {"a": 1, "a": 2}}"#, .json).first)
    #expect(record.body?["a"]?.number?.integer == 2)
    #expect(
      record.problems.map(\.outline) == [
        "! 1:18 duplicate key `a`; first defined at line 1, column 10: keep one of them"
      ])
  }

  @Test func recordsCountThroughTheFile() {
    let records = JobRecord.all(in: "[{}, 5, {\"job\": {}}]", .json)
    #expect(records.map(\.index) == [0, 1, 2])
    #expect(records.map(\.position.column) == [2, 6, 9])
  }
}

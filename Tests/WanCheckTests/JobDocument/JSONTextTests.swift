import Testing
import WanCheck

@Suite struct JSONTextTests {
  struct TextCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var format: JobDocumentFormat
    var expected: String
  }

  @Test(arguments: [
    TextCase(
      testDescription: "blanks go, numbers stay",
      text: "{ \"b\": [1.50, -0, 1E+2, 123456789012345678901234567890],\n\"a\": null }",
      format: .json, expected: #"{"b":[1.50,-0,1E+2,123456789012345678901234567890],"a":null}"#),
    TextCase(
      testDescription: "strings", text: #"{"k\"\\\/": "\u0000\b\f\n\r\t\u001f\u007f\u2028 é\ud83d\ude00"}"#,
      format: .json,
      expected: "{\"k\\\"\\\\/\":\"\\u0000\\u0008\\u000C\\n\\r\\t\\u001F\u{7F}\u{2028} é😀\"}"),
    TextCase(
      testDescription: "empty", text: #"{"a": {}, "b": [], "": ""}"#, format: .json,
      expected: #"{"a":{},"b":[],"":""}"#),
    TextCase(
      testDescription: "forms of YAML", text: "a: [0x1f, 0o7, +5, 5., .5, 007]\nb: yes\nc: ~\nd: True",
      format: .yaml,
      expected: #"{"a":[31,7,5,5,0.5,7],"b":"yes","c":null,"d":true}"#),
  ])
  func texts(_ test: TextCase) throws {
    let body = try #require(JobRecord.all(in: test.text, test.format).first?.body)
    let text = try body.jsonText()
    #expect(text == test.expected)
    let again = try #require(JobRecord.all(in: text, .json).first?.body)
    #expect(try again.jsonText() == text)
  }

  @Test(arguments: ["a: [1, .inf]", "a: [1, .nan]", "a: [1, 0x10000000000000000]"])
  func numbersThatJSONLacks(text: String) throws {
    let body = try #require(JobRecord.all(in: text, .yaml).first?.body)
    let problem = try #require(throws: DocumentProblem.self) { try body.jsonText() }
    #expect(problem.position == SourcePosition(line: 1, column: 8))
    #expect(problem.message.contains("cannot be written as a JSON number"))
  }
}

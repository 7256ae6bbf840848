import JobDocuments
import Testing

@Suite struct JSONWriterTests {
  private static func value(_ text: String) throws -> DocumentValue {
    try JSONParser().value(of: Array(text.utf8))
  }

  @Test(arguments: [
    (
      "{ \"b\": [1.50, -0, 1E+2, 123456789012345678901234567890],\n\"a\": null }",
      #"{"b":[1.50,-0,1E+2,123456789012345678901234567890],"a":null}"#
    ),
    (
      #"{"k\"\\\/": "\u0000\b\f\n\r\t\u001f\u007f\u2028 é\ud83d\ude00"}"#,
      "{\"k\\\"\\\\/\":\"\\u0000\\b\\f\\n\\r\\t\\u001f\u{7F}\u{2028} é😀\"}"
    ),
    (#"{"a": {}, "b": [], "": "", "c": [true, false]}"#, #"{"a":{},"b":[],"":"","c":[true,false]}"#),
  ])
  func compact(text: String, expected: String) throws {
    let written = try JSONWriter.compact.text(Self.value(text))
    #expect(written == expected)
    #expect(try JSONWriter.compact.text(Self.value(written)) == written)
  }

  @Test func reportsAreSortedAndHarmless() throws {
    let value = try Self.value("{\"b\": [\"/\u{7F}\u{85}\u{202E}é\", []], \"B\": 1, \"a_b\": {}, \"aB\": 2}")
    #expect(
      try JSONWriter.report.text(value)
        == #"{"B":1,"aB":2,"a_b":{},"b":["/\u007f\u0085\u202eé",[]]}"#)
    #expect(
      try JSONWriter.prettyReport.text(value) == """
        {
          "B" : 1,
          "aB" : 2,
          "a_b" : {

          },
          "b" : [
            "/\\u007f\\u0085\\u202eé",
            [

            ]
          ]
        }
        """)
  }

  @Test(arguments: [".inf", "-.inf", ".nan", "0x10000000000000000"])
  func numbersThatJSONLacks(text: String) throws {
    let number = try #require(NumberLiteral(yaml: text))
    let value = DocumentValue(
      .array([DocumentValue(.number(number), at: SourcePosition(line: 1, column: 8))]))
    for writer in [JSONWriter.compact, .canonical, .report] {
      let problem = try #require(throws: DocumentProblem.self) { try writer.text(value) }
      #expect(problem.outline == "! 1:8 `\(text)` cannot be written as a JSON number")
    }
  }

  @Test(arguments: [
    (#"{"duration": 5}"#, #"{"duration": 5.0}"#), (#"{"duration": 5}"#, #"{"duration":50e-1}"#),
    (#"{"a": 1, "seed": 2}"#, "{\n \"seed\" : 2,\t\"a\":1 }"), (#"{"a": "é"}"#, #"{"a": "\u00e9"}"#),
    (#"{"a": 0}"#, #"{"a": -0}"#), (#"{"a": 0.5}"#, #"{"a": 5e-1}"#), (#"{"a": "/"}"#, #"{"a": "\/"}"#),
  ])
  func whatIsTheSameHasOneCanonicalText(_ one: String, _ other: String) throws {
    #expect(try JSONWriter.canonical.text(Self.value(one)) == JSONWriter.canonical.text(Self.value(other)))
  }

  @Test(arguments: [
    (#"{"a": 9007199254740992}"#, #"{"a": 9007199254740993}"#), (#"{"a": 1}"#, #"{"a": "1"}"#),
    (#"{"a": null}"#, #"{"a": false}"#), (#"{"a": [1, 2]}"#, #"{"a": [2, 1]}"#),
    (#"{"a": "é"}"#, "{\"a\": \"e\u{301}\"}"), (#"{"a": 0.1}"#, #"{"a": 0.10000000000000001e1}"#),
  ])
  func whatDiffersHasTwo(_ one: String, _ other: String) throws {
    // Swift takes two spellings of a letter for the same text; a digest does not.
    let texts = try [one, other].map { try Array(JSONWriter.canonical.text(Self.value($0)).utf8) }
    #expect(texts[0] != texts[1])
  }

  /// The order of RFC 8785, 3.2.3: by UTF-16 units, in which an emoji comes before U+FB33.
  @Test func canonicalMembersAreSortedByTheirUnits() throws {
    let value = try Self.value(
      #"{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}"#)
    #expect(
      try JSONWriter.canonical.text(value)
        == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{FB33}\":3}")
  }

  @Test func canonicalStringsEscapeOnlyWhatMustBe() throws {
    let value = try Self.value(#"{"a": "\u000f\b\f\n\r\t\"\\/\u007f\u2028€"}"#)
    #expect(
      try JSONWriter.canonical.text(value) == "{\"a\":\"\\u000f\\b\\f\\n\\r\\t\\\"\\\\/\u{7F}\u{2028}€\"}")
  }
}

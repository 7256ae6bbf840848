import JobDocuments
import Testing

@Suite struct JSONParserTests {
  private static func outline(_ text: String, splittingArrays: Bool = false) -> [String] {
    do throws(DocumentProblem) {
      return try JSONParser().elements(of: Array(text.utf8), splittingArrays: splittingArrays).map(\.outline)
    } catch {
      return ["throws " + error.outline]
    }
  }

  @Test(arguments: [
    (#"{"a": [1, -0.5e1]}"#, [#"{"a": [1, -0.5e1]}"#, #""a""#, "[1, -0.5e1]", "1", "-0.5e1"]),
    (
      "\u{FEFF} {\"é\\n\" :\n\t\"😀\\ud83d\\ude00\", \"b\":{}, \"c\":[]} ",
      [
        "{\"é\\n\" :\n\t\"😀\\ud83d\\ude00\", \"b\":{}, \"c\":[]}", "\"é\\n\"", "\"😀\\ud83d\\ude00\"",
        "\"b\"", "{}", "\"c\"", "[]",
      ]
    ),
    ("[true,false,null]", ["[true,false,null]", "true", "false", "null"]),
  ])
  func bytesOfEveryValueAndKey(text: String, expected: [String]) throws {
    let value = try JSONParser().value(of: Array(text.utf8))
    #expect(value.sources(in: text) == expected)
  }

  @Test func placesCountScalarsAndLines() throws {
    let text = "{\"é😀\": \"😀\\u00e9\", \"b\": 1,\r\n \"c\": [2]}"
    #expect(
      Self.outline(text) == ["{<e9><1f600>@1:2=<1f600><e9>@1:8, b@1:19=#1@1:24, c@2:2=[#2@2:8]@2:7}@1:1"])
    let elements = try JSONParser().elements(of: Array("{}".utf8), firstLine: 7)
    #expect(elements.map(\.outline) == ["{}@7:1"])
  }

  @Test(arguments: [
    "0", "-0", "-0.0e-0", "1E+2", "true", "null", "\"\"", "[]", "{}", "[[],{}]", "\" \u{7F}\u{80}\u{2028}\"",
    #"{"":{"":[]}}"#, " \t\r\n[ \t\r\n]", #"["\"\\\/\b\f\n\r\t\u0000\uFFFF"]"#, "\u{FEFF}1",
  ])
  func whatRFC8259Allows(text: String) throws {
    _ = try JSONParser().value(of: Array(text.utf8))
  }

  @Test(arguments: [
    "", " ", "+1", "01", "-", "-01", "1.", ".1", "1e", "1e+", "0x1", "NaN", "Infinity", "True", "nul", "'a'",
    "\"", "\"\\", "\"\\u12\"", "\"\\x\"", "\"\t\"", "\"\n\"", #""\ud800""#, #""\udc00\ud800""#, "[", "]", "{",
    "}",
    "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{1:1}",
    "{\"a\" 1}",
    "{\"a\":1]", "{\"a\":1 \"b\":2}", "1 2", "{}{}", "[]]", "// x\n1", "/* */ 1", "# x\n1", "\u{A0}1",
    "1\u{FEFF}",
    "\u{FEFF}\u{FEFF}1", "1\0", "{\"a\":1,\"a\":2}",
  ])
  func whatRFC8259Forbids(text: String) {
    #expect(throws: DocumentProblem.self) { try JSONParser().value(of: Array(text.utf8)) }
  }

  @Test(arguments: [
    [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    [0xFE],
  ])
  func whatIsNotUTF8(bytes: [UInt8]) throws {
    let text = Array("[\"é\",\"".utf8) + bytes + Array("\"]".utf8)
    let problem = try #require(throws: DocumentProblem.self) { try JSONParser().value(of: text) }
    #expect(problem.position == SourcePosition(line: 1, column: 7))
    #expect(problem.message.hasPrefix("the byte 0x\(bytes[0].hexadecimal(digits: 2)) is not valid UTF-8"))
  }

  @Test(arguments: [
    "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
  ])
  func everyLengthOfUTF8(scalar: String) throws {
    #expect(try JSONParser().value(of: Array("\"\(scalar)\"".utf8)).string == scalar)
  }

  @Test func aMalformedNumberFailsItsElementOnly() {
    #expect(
      Self.outline("[{\"a\": 007}, {\"a\": 1}]", splittingArrays: true) == [
        "! 1:8 `007` is not a JSON number: write `7`", "{a@1:15=#1@1:20}@1:14",
      ])
    #expect(
      Self.outline("[007, tru]", splittingArrays: true)
        == ["throws ! 1:7 `tru` is not a JSON value: put a string in double quotes"])
  }

  @Test func keysThatRepeatAreProblemsOfTheirElement() {
    let said = "first defined at line 1, column 11: keep one of them"
    #expect(
      Self.outline(#"[{"b": 1},{"a": 1, "a": {"a": 3}}, {"a": 4}]"#, splittingArrays: true) == [
        "{b@1:3=#1@1:8}@1:2",
        "{a@1:12=#1@1:17, a@1:20={a@1:26=#3@1:31}@1:25}@1:11 ! 1:20 duplicate key `a`; "
          + said.replacing("11", with: "12"),
        "{a@1:37=#4@1:42}@1:36",
      ])
  }

  @Test func manyKeysThatRepeatAreCounted() throws {
    let keys = (0..<1000).map { "\"k\($0)\": 0" }
    let text = "{" + (keys + keys).joined(separator: ",\n") + "}"
    let elements = try JSONParser().elements(of: Array(text.utf8))
    guard case .value(let value, let problems)? = elements.first else {
      Issue.record("no value")
      return
    }
    #expect(value.members?.count == 2000)
    #expect(problems.count == 51)
    #expect(
      problems.first?.outline
        == "! 1001:1 duplicate key `k0`; first defined at line 1, column 2: keep one of them")
    #expect(problems.last?.outline == "! 1051:1 950 more keys occur more than once: keep one of each")
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":["])
  func hostileNestingEnds(opening: String) throws {
    let text = Array(String(repeating: opening, count: 100_000).utf8)
    let problem = try #require(throws: DocumentProblem.self) { try JSONParser().value(of: text) }
    #expect(problem.kind == .limit)
  }

  @Test func excerptsAreRedacted() {
    let parser = JSONParser(excerpt: Excerpts { $0.replacing("secret", with: "…") })
    let elements = try? parser.elements(of: Array(#"{"a?secret": 1, "a?secret": 2}"#.utf8))
    #expect(elements?.first?.outline.contains("`a?…`") == true)
  }
}

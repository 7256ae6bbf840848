import JobDocuments
import Testing
import WanCheck

@Suite struct JSONDocumentTests {
  @Test(arguments: [
    DocumentCase(
      "an object", #"{"a": [1, true, false, null, "x"], "b": {}}"#, .json,
      "{a@1:2=[#1@1:8, true@1:11, false@1:17, null@1:24, x@1:30]@1:7, b@1:36={}@1:41}@1:1"),
    DocumentCase(
      "an array of objects", "[{\"a\": 1},\n {\"a\": 2}]", .json, "{a@1:3=#1@1:8}@1:2", "{a@2:3=#2@2:8}@2:2"),
    DocumentCase("a string", #" "a""#, .json, "a@1:2"),
    DocumentCase("a number", "5", .json, "#5@1:1"),
    DocumentCase(
      "number texts", "[-0, 1e2, 5.0, 1E+2, 123456789012345678901234567890, 1e400, 1e-400]", .json, "#-0@1:2",
      "#1e2@1:6", "#5.0@1:11", "#1E+2@1:16", "#123456789012345678901234567890@1:22", "#1e400@1:54",
      "#1e-400@1:61"),
    DocumentCase(
      "every escape", #"["\"\\\/\b\f\n\r\t\u0000\u00e9\u2028\uFFFF", 1]"#, .json,
      #""\/<8><c><a><d><9><0><e9><2028><ffff>@1:2"#, "#1@1:46"),
    DocumentCase("a byte order mark", "\u{FEFF}[1]", .json, "#1@1:2"),
    DocumentCase("line breaks of Windows", "{\r\n\"a\":\r\n1}", .json, "{a@2:1=#1@3:1}@1:1"),
    DocumentCase("a carriage return is not a line break", "[\r1,\r2]", .json, "#1@1:3", "#2@1:6"),
    DocumentCase(
      "tabs", "\t{\t\"a\"\t:\t[\t1\t]\t}\t", .json, "{a@1:4=[#1@1:12]@1:10}@1:2"),
    DocumentCase("brackets at the margin", "{\n\"a\": [\n1\n]\n}", .json, "{a@2:1=[#1@3:1]@2:6}@1:1"),
    DocumentCase(
      "YAML's signs are text", ##"["&a", "*a", "# x", "!t", "%", "---", "a: b", "- x", "yes", "~", "<<"]"##,
      .json,
      "&a@1:2", "*a@1:8", "# x@1:14", "!t@1:21", "%@1:27", "---@1:32", "a: b@1:39", "- x@1:47", "yes@1:54",
      "~@1:61", "<<@1:66"),
    DocumentCase("an empty key", #"{"": 1}"#, .json, "{@1:2=#1@1:6}@1:1"),
    DocumentCase(
      "canonically equivalent keys differ", "{\"K\": 1, \"\u{212A}\": 2}", .json,
      "{K@1:2=#1@1:7, <212a>@1:10=#2@1:15}@1:1"),
  ])
  func values(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase(
      "surrogate pairs", #"{"a\ud83d\ude00": "\uD83D\uDE00\ud83d\ude00", "b": 1}"#, .json,
      "{a<1f600>@1:2=<1f600><1f600>@1:19, b@1:47=#1@1:52}@1:1"),
    DocumentCase(
      "surrogate pairs on two lines", "[\"\\ud83d\\ude00\", 1,\n\"\\ud83d\\ude00\", 2]", .json, "<1f600>@1:2",
      "#1@1:18", "<1f600>@2:1", "#2@2:17"),
    DocumentCase("DEL", "[\"\u{7F}\", 1]", .json, "<7f>@1:2", "#1@1:7"),
    DocumentCase("C1 controls", "[\"\u{80}\u{85}\u{9F}\", 1]", .json, "<80><85><9f>@1:2", "#1@1:9"),
    DocumentCase("separators", "[\"\u{2028}\u{2029}\", 1]", .json, "<2028><2029>@1:2", "#1@1:8"),
    DocumentCase("noncharacters", "[\"\u{FFFE}\u{FFFF}\", 1]", .json, "<fffe><ffff>@1:2", "#1@1:8"),
    DocumentCase("an inner byte order mark", "[\"a\u{FEFF}\", 1]", .json, "a<feff>@1:2", "#1@1:8"),
    DocumentCase(
      "a leading byte order mark", "[\"\u{FEFF}a\", \"\\ufeff\", \"\\ue000\u{E001}\", 1]", .json,
      "<feff>a@1:2",
      "<feff>@1:8", "<e000><e001>@1:18", "#1@1:29"),
    DocumentCase(
      "other scalars are not changed", "[\"é😀\u{A0}\u{E000}\", 1]", .json, "<e9><1f600><a0><e000>@1:2",
      "#1@1:10"),
    DocumentCase(
      "a colon on a later line", "{\"a\"\n:\n1, \"b\": 2}", .json, "{a@1:2=#1@3:1, b@3:4=#2@3:9}@1:1"),
    DocumentCase(
      "a long key", "{\"\(String(repeating: "k", count: 5000))\": 1, \"b\": 2}", .json,
      "{<5000 scalars>@1:2=#1@1:5006, b@1:5009=#2@1:5014}@1:1"),
    DocumentCase(
      "a long key that needs escapes", "{\"\(String(repeating: "\u{7F}", count: 1000))\": 1, \"b\": 2}",
      .json,
      "{<1000 scalars>@1:2=#1@1:1006, b@1:1009=#2@1:1014}@1:1"),
    DocumentCase(
      "a long value", "{\"a\": \"\(String(repeating: "x", count: 100_000))\", \"b\": 2}", .json,
      "{a@1:2=<100000 scalars>@1:7, b@1:100011=#2@1:100016}@1:1"),
  ])
  func charactersOfEveryKind(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase(
      "twice", #"{"a": 1, "a": 2}"#, .json,
      "{a@1:2=#1@1:7, a@1:10=#2@1:15}@1:1"
        + " ! 1:10 duplicate key `a`; first defined at line 1, column 2: keep one of them"
    ),
    DocumentCase(
      "three times, one escaped", "{\"a\": 1,\n\"\\u0061\": 2, \"a\": 3}", .json,
      "{a@1:2=#1@1:7, a@2:1=#2@2:11, a@2:14=#3@2:19}@1:1"
        + " ! 2:1 duplicate key `a`; first defined at line 1, column 2: keep one of them"
        + " ! 2:14 duplicate key `a`; first defined at line 1, column 2: keep one of them"),
    DocumentCase(
      "after a surrogate pair", #"{"😀": "\ud83d\ude00", "b": 1, "b": 2}"#, .json,
      "{<1f600>@1:2=<1f600>@1:7, b@1:23=#1@1:28, b@1:31=#2@1:36}@1:1"
        + " ! 1:31 duplicate key `b`; first defined at line 1, column 23: keep one of them"),
    DocumentCase(
      "in one of two records", #"[{"a": 1, "a": 2}, {"a": 3}]"#, .json,
      "{a@1:3=#1@1:8, a@1:11=#2@1:16}@1:2"
        + " ! 1:11 duplicate key `a`; first defined at line 1, column 3: keep one of them",
      "{a@1:21=#3@1:26}@1:20"),
  ])
  func repeatedKeys(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test func manyRepeatedKeysAreListedThenCounted() {
    let text = "{" + (0..<100).map { "\"k\($0)\": 1, \"k\($0)\": 2" }.joined(separator: ", ") + "}"
    let records = JobRecord.all(in: text, .json)
    #expect(records.map(\.problems.count) == [51])
    #expect(records.first?.problems.last?.message == "50 more keys occur more than once: keep one of each")
  }
}

import JobDocuments
import Testing
import WanCheck

@Suite struct JSONProblemTests {
  @Test(arguments: [
    DocumentCase(
      "a comma before a brace", "{\"a\": 1 ,\n}", .json, "! 1:9 a comma before `}`: remove the comma"),
    DocumentCase("a comma before a bracket", "[1,]", .json, "! 1:3 a comma before `]`: remove the comma"),
    DocumentCase("two commas", "[1,,2]", .json, "! 1:4 a comma too many: remove it"),
    DocumentCase("a leading comma", "[,1]", .json, "! 1:2 a comma too many: remove it"),
    DocumentCase("no comma in an array", "[1\n 2]", .json, "! 2:2 a comma is missing before this"),
    DocumentCase("no comma in an object", #"{"a": 1 "b": 2}"#, .json, "! 1:9 a comma is missing before this"),
    DocumentCase("no colon", #"{"a" 1}"#, .json, "! 1:6 a `:` or a comma is missing before this"),
    DocumentCase("no value", #"{"a":}"#, .json, "! 1:6 the value after `:` is missing"),
    DocumentCase(
      "a comment", "{\"a\": 1 // x\n}", .json, "! 1:9 a comment, which JSON does not allow: remove it"),
    DocumentCase(
      "a comment of YAML", "# x\n[1]", .json, "! 1:1 a comment, which JSON does not allow: remove it"),
    DocumentCase("single quotes", "{'a': 1}", .json, "! 1:2 a single quote: JSON takes double quotes"),
    DocumentCase("curly quotes", "{“a”: 1}", .json, "! 1:2 `“` is not a JSON quotation mark: write `\"`"),
    DocumentCase("a bare key", "{\"b\": 1, a: 1}", .json, "! 1:10 the key `a` must be in double quotes"),
    DocumentCase("a number as key", "{1: 2}", .json, "! 1:2 the key `1` must be in double quotes"),
    DocumentCase("NaN", "[NaN]", .json, "! 1:2 `NaN` is not a JSON number"),
    DocumentCase("True", "[1, True]", .json, "! 1:5 `True` is not a JSON value: write `true`"),
    DocumentCase("None", "[None]", .json, "! 1:2 `None` is not a JSON value: write `null`"),
    DocumentCase(
      "a bare word", "[tru]", .json, "! 1:2 `tru` is not a JSON value: put a string in double quotes"),
    DocumentCase("leading zeros", "[007]", .json, "! 1:2 `007` is not a JSON number: write `7`"),
    DocumentCase("a bare point", "[.5]", .json, "! 1:2 `.5` is not a JSON number: write `0.5`"),
    DocumentCase("a trailing point", "[1.]", .json, "! 1:2 `1.` is not a JSON number: write `1`"),
    DocumentCase("a plus sign", "[+1]", .json, "! 1:2 `+1` is not a JSON number: write `1`"),
    DocumentCase("hexadecimal", "[0x1f]", .json, "! 1:2 `0x1f` is not a JSON number: write `31`"),
    DocumentCase("a bare minus", "[-]", .json, "! 1:2 `-` is not a JSON number"),
    DocumentCase("no digits in the power", "[1e]", .json, "! 1:2 `1e` is not a JSON number"),
    DocumentCase("text after the value", "[1] x", .json, "! 1:5 `x` after the end of the value: remove it"),
    DocumentCase(
      "two values on a line", "{} {}", .json,
      "! 1:4 a second value after the first: put several jobs into an array, or one a line into a .jsonl file"
    ),
    DocumentCase(
      "an open array", "[1, 2", .json, "! 1:1 the array that begins here is not closed: its `]` is missing"),
    DocumentCase(
      "an open object", "[\n {\"a\": 1", .json,
      "! 2:2 the object that begins here is not closed: its `}` is missing"),
    DocumentCase(
      "the wrong bracket", "{\"a\": 1]", .json,
      "! 1:8 an object is not closed before this: its `}` is missing"),
    DocumentCase(
      "the wrong brace", "[1}", .json, "! 1:3 an array is not closed before this: its `]` is missing"),
    DocumentCase("a lone bracket", "]", .json, "! 1:1 `]` is not expected here"),
    DocumentCase("no-break space", "[\u{A0}1]", .json, "! 1:2 `\u{A0}` (U+00A0) is not expected here"),
    DocumentCase(
      "NUL after the value", "[1]\0", .json, "! 1:4 `<U+0000>` after the end of the value: remove it"),
    DocumentCase("nothing", "", .json, "! 1:1 the file contains no job"),
    DocumentCase("blanks", " \n\t", .json, "! 1:1 the file contains no job"),
    DocumentCase("an empty array", "[]", .json, "! 1:1 the file contains no job"),
  ])
  func structure(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase(
      "an open string", "[1,\n \"abc]", .json,
      "! 2:2 the string that begins here is not closed: its `\"` is missing"),
    DocumentCase(
      "a line break", "[\"é\n\"]", .json,
      "! 1:4 a line break inside a string: close it with `\"`, or write `\\n`"),
    DocumentCase("a tab", "[\"a\tb\"]", .json, "! 1:4 a tab inside a string: write `\\t`"),
    DocumentCase(
      "a control character", "[\"\u{1}\"]", .json,
      "! 1:3 the control character U+0001 inside a string: write `\\u0001`, or remove it"),
    DocumentCase(
      "an unknown escape", #"["a\x41"]"#, .json,
      #"! 1:4 `\x` is not a JSON escape: write `\\` for a backslash"#),
    DocumentCase(
      "an escape of YAML", #"["\e"]"#, .json,
      #"! 1:3 `\e` is not a JSON escape: write `\\` for a backslash"#),
    DocumentCase("a short code unit", #"["\u12"]"#, .json, #"! 1:3 `\u` takes four hexadecimal digits"#),
    DocumentCase(
      "a lone high surrogate", #"["\ud83dx"]"#, .json,
      #"! 1:3 `\uD83D` is half of a surrogate pair without the other half"#),
    DocumentCase(
      "two high surrogates", #"["\ud83d\ud83d"]"#, .json,
      #"! 1:3 `\uD83D` is half of a surrogate pair without the other half"#),
    DocumentCase(
      "a lone low surrogate", #"["a\ude00"]"#, .json,
      #"! 1:4 `\uDE00` is half of a surrogate pair without the other half"#),
    DocumentCase(
      "the first of two problems", "[NaN, \"\\x\"]", .json, "! 1:2 `NaN` is not a JSON number"),
  ])
  func strings(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  struct BytesCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var expected: String
  }

  @Test(arguments: [
    BytesCase(
      testDescription: "UTF-16 with a mark", bytes: [0xFF, 0xFE, 0x7B, 0, 0x7D, 0],
      expected: "! 1:1 the text is UTF-16: save it as UTF-8"),
    BytesCase(
      testDescription: "UTF-16 without a mark", bytes: [0, 0x7B, 0, 0x7D],
      expected: "! 1:1 the text is UTF-16: save it as UTF-8"),
    BytesCase(
      testDescription: "UTF-32", bytes: [0x7B, 0, 0, 0, 0x7D, 0, 0, 0],
      expected: "! 1:1 the text is UTF-32: save it as UTF-8"),
    BytesCase(
      testDescription: "Latin-1", bytes: Array("[1,\n\"é".utf8) + [0xE9] + Array("\"]".utf8),
      expected: "! 2:3 the byte 0xE9 is not valid UTF-8 here: save the file as UTF-8"),
    BytesCase(
      testDescription: "a cut scalar", bytes: Array("[1] ".utf8) + [0xF0, 0x9F],
      expected: "! 1:5 the byte 0xF0 is not valid UTF-8 here: save the file as UTF-8"),
    BytesCase(
      testDescription: "an encoded surrogate",
      bytes: Array("[\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"]".utf8),
      expected: "! 1:3 the byte 0xED is not valid UTF-8 here: save the file as UTF-8"),
  ])
  func encodings(_ test: BytesCase) {
    for format in [JobDocumentFormat.json, .yaml] {
      #expect(JobRecord.all(in: test.bytes, format).map(\.outline) == [test.expected])
    }
  }
}

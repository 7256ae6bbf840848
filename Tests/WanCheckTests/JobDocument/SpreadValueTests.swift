import JobDocuments
import Testing
import WanCheck

/// Values that are written over several lines where one line has one value.
@Suite struct SpreadValueTests {
  private static let found = "! 1:1 expected one object a line, found"
  private static let advice = "put each object on one line, as `jq -c .` does"

  @Test(arguments: [
    DocumentCase(
      "one object", "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n", .jsonLines,
      "\(found) an object over lines 1 to 6: \(advice), or name the file .json"),
    DocumentCase(
      "an array", "[\n  {\"a\": 1},\n  {\"a\": 2}\n]", .jsonLines,
      "\(found) an array over lines 1 to 4: \(advice), or name the file .json"),
    DocumentCase(
      "many objects", "{\n\"a\": 1\n}\n\n{\n\"b\": \"{\\\"\"\n}\n{\n\"c\": 1\n}", .jsonLines,
      "\(found) 3 values over lines 1 to 10: \(advice)"),
    DocumentCase(
      "lines after it", "{\n\"a\": 1\n}\n{\"b\": 2}\n", .jsonLines,
      "\(found) an object over lines 1 to 3: \(advice), or name the file .json", "{b@4:2=#2@4:7}@4:1"),
    DocumentCase(
      "a line that was cut", "{\"a\": [1,\n{\"b\": 2}\n{\"c\": 3}\n", .jsonLines,
      "! 1:7 the array that begins here is not closed: its `]` is missing", "{b@2:2=#2@2:7}@2:1",
      "{c@3:2=#3@3:7}@3:1"),
    DocumentCase(
      "an object that was cut", "{\"a\": 1,\n{\"b\": 2}\n", .jsonLines,
      "! 1:1 the object that begins here is not closed: its `}` is missing", "{b@2:2=#2@2:7}@2:1"),
  ])
  func outline(_ text: DocumentCase) {
    #expect(text.outline() == text.expected)
  }

  /// Looking for ends takes no time that grows with the square of the text.
  @Test func openBracketsWithoutEnd() {
    let text = String(repeating: "{\"a\": {\n", count: 20_000)
    #expect(JobRecord.all(in: text, .jsonLines).count == 20_000)
  }
}

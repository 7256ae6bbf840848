import JobDocuments
import Testing
import WanCheck

@Suite struct JobLinesTests {
  private static let extra = "! 3:7 a comma before `}`: remove the comma"

  @Test(arguments: [
    DocumentCase(
      "blank lines, a bad line, no last line break",
      "{\"a\":1}\r\n\n{\"b\":2,}\n  {\"c\":\"\\ud83d\\ude00\",\"d\":3}", .jsonLines,
      "{a@1:2=#1@1:6}@1:1", Self.extra, "{c@4:4=<1f600>@4:8, d@4:23=#3@4:27}@4:3"),
    DocumentCase("a byte order mark", "\u{FEFF}{}\n{}", .jsonLines, "{}@1:1", "{}@2:1"),
    DocumentCase("an array on a line is not a list of jobs", "[{}]\n", .jsonLines, "[{}@1:2]@1:1"),
    DocumentCase(
      "two objects on a line", "{}{}\n{}", .jsonLines,
      "! 1:3 a second value after the first: "
        + "put several jobs into an array, or one a line into a .jsonl file",
      "{}@2:1"),
    DocumentCase("nothing", "", .jsonLines, "! 1:1 the file contains no job"),
    DocumentCase("only blank lines", "\n \r\n", .jsonLines, "! 1:1 the file contains no job"),
    DocumentCase(
      "lines in a .json file", "\n{\"a\":1}\n\n{\"b\":2}\n", .json, "{a@2:2=#1@2:6}@2:1", "{b@4:2=#2@4:6}@4:1"
    ),
    DocumentCase(
      "a bad line in a .json file", "{\"a\":1}\nx\n{}", .json, "{a@1:2=#1@1:6}@1:1",
      "! 2:1 `x` is not a JSON value: put a string in double quotes", "{}@3:1"),
    DocumentCase("one object over several lines", "{\n\"a\": 1\n}\n", .json, "{a@2:1=#1@2:6}@1:1"),
    DocumentCase("one object and a line break", "{\"a\":1}\n \n", .json, "{a@1:2=#1@1:6}@1:1"),
  ])
  func lines(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase("an object", " {\"a\": 1}", nil, "{a@1:3=#1@1:8}@1:2"),
    DocumentCase("an array", "\n[{\"a\": 1}]", nil, "{a@2:3=#1@2:8}@2:2"),
    DocumentCase("lines", "\u{FEFF}{}\n{}", nil, "{}@1:1", "{}@2:1"),
    DocumentCase("YAML", "# jobs\na: yes", nil, "{a@2:1=yes@2:4}@2:1"),
    DocumentCase("YAML with a list", "- a: 1", nil, "{a@1:3=#1@1:6}@1:3"),
    DocumentCase("nothing", "", nil, "! 1:1 the file contains no job"),
  ])
  func detectedFormats(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func chunksOfAnySizeReadAlike(size: Int) {
    let text = "{\"a\":\"é😀\"}\r\n\n{\"b\":[1,\n{\"c\":3}\n"
    for format in [JobDocumentFormat.jsonLines, .json, nil] {
      var rest = Array(text.utf8)[...]
      var reader = JobDocumentReader(format: format) { () throws(Never) -> [UInt8] in
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
      }
      var outlines: [String] = []
      while let record = reader.next() { outlines.append(record.outline) }
      #expect(
        outlines == [
          "{a@1:2=<e9><1f600>@1:6}@1:1", "! 3:6 the array that begins here is not closed: its `]` is missing",
          "{c@4:2=#3@4:6}@4:1",
        ])
    }
  }

  /// The writer may wait for an answer to each line, so no byte after a line may be needed for it.
  @Test(arguments: [nil, JobDocumentFormat.jsonLines])
  func eachLineIsARecordAsSoonAsItIsComplete(format: JobDocumentFormat?) {
    let lines = ["{\"a\":1}", "{\"a\":", "x", "{\"a\":2}"]
    var sent = 0
    var reader = JobDocumentReader(format: format, answersEachLine: true) { () throws(Never) -> [UInt8] in
      defer { sent += 1 }
      return sent < lines.count ? Array("\(lines[sent])\n".utf8) : []
    }
    for number in 1...lines.count {
      let record = reader.next()
      #expect(record?.index == number - 1)
      #expect(record?.problems.isEmpty == (number == 1 || number == 4))
      #expect(sent == number)
    }
    #expect(reader.next() == nil)
  }

  @Test func linesAreReadAsTheyAreWanted() throws {
    var chunks = 0
    var reader = JobDocumentReader(format: .jsonLines) { () throws(Never) -> [UInt8] in
      chunks += 1
      return Array("{\"a\":\(chunks)}\n".utf8)
    }
    for number in 1...3 {
      let next = reader.next()
      let record = try #require(next)
      #expect(record.body?["a"]?.number?.integer == Int64(number))
      #expect(record.index == number - 1)
      #expect(chunks == number)
    }
  }

  @Test func anErrorOfTheSourceIsThrown() throws {
    struct Broken: Error {}
    var given = false
    var reader = JobDocumentReader(format: .jsonLines) { () throws(Broken) -> [UInt8] in
      if given { throw Broken() }
      given = true
      return Array("{}\n{".utf8)
    }
    let first = try reader.next()
    #expect(first?.body != nil)
    #expect(throws: Broken.self) { try reader.next() }
    #expect(try reader.next() == nil)
  }
}

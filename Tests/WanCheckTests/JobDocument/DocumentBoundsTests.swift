import JobDocuments
import Testing
import WanCheck

@Suite struct DocumentBoundsTests {
  private static func nested(_ levels: Int, _ open: String, _ close: String) -> String {
    String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
  }

  @Test(arguments: [JobDocumentFormat.json, .jsonLines, .yaml])
  func nesting(format: JobDocumentFormat) {
    let allowed = JobRecord.all(in: Self.nested(64, "[", "]"), format)
    #expect(allowed.map(\.problems) == [[]])
    let refused = JobRecord.all(in: Self.nested(65, "[", "]"), format)
    #expect(
      refused.map(\.outline) == ["!! 1:65 more than 64 arrays and objects inside one another"])
    let objects = JobRecord.all(in: Self.nested(65, "{\"a\":", "}"), format)
    #expect(objects.flatMap(\.problems).map(\.kind) == [.limit])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "[[", "&a [", "!!seq ["])
  func hostileNestingEnds(indicator: String) {
    for levels in [900, 1100, 50_000] {
      let records = JobRecord.all(in: String(repeating: indicator, count: levels) + "x", .yaml)
      #expect(records.flatMap(\.problems).count == 1)
    }
  }

  @Test func hostileNestingOfJSONEnds() {
    let records = JobRecord.all(in: String(repeating: "[{\"a\":", count: 100_000), .json)
    #expect(records.map(\.outline) == ["!! 1:193 more than 64 arrays and objects inside one another"])
  }

  /// Nine levels of ten aliases each stand for a thousand million values.
  private static let bomb =
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + (1...9).map { level in
      "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        + "]\n"
    }.joined()

  @Test(arguments: ["", "? *a9\n: 1\n", "? [*a9, *a9]\n: 1\n", "*a9 : 1\n", "{*a9 : 1}: 2\n"])
  func aliasBombsEnd(tail: String) {
    let records = JobRecord.all(in: Self.bomb + tail, .yaml)
    #expect(records.map { $0.problems.first?.kind } == [.limit])
    #expect(records.first?.problems.first?.message == "the aliases stand for more than 100000 values")
  }

  @Test func aliasesThatNestTooDeep() {
    let chain = "- &a0 [x]\n" + (1...200).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
    let records = JobRecord.all(in: chain, .yaml)
    #expect(records.count == 201)
    #expect(records[62].problems.isEmpty)
    #expect(records[63].problems.map(\.kind) == [.limit])
    // An anchor whose value could not be read is none.
    #expect(records[64].problems.map(\.kind) == [.syntax])
  }

  @Test func values() {
    var bounds = DocumentBounds()
    bounds.values = 5
    #expect(JobRecord.all(in: "[1,2,3,4]", .json, bounds: bounds).flatMap(\.problems).isEmpty)
    let message = "more than 5 values in one document: give one job a line, in a .jsonl file"
    #expect(JobRecord.all(in: "[1,2,3,4,5]", .json, bounds: bounds).map(\.outline) == ["!! 1:9 \(message)"])
    #expect(JobRecord.all(in: "[1,2,\n3,4,5]", .yaml, bounds: bounds).map(\.outline) == ["!! 2:5 \(message)"])
    #expect(JobRecord.all(in: "[\"1,2,3,4,5,6\"]", .json, bounds: bounds).flatMap(\.problems).isEmpty)
  }

  @Test func valuesOfYAMLText() {
    var bounds = DocumentBounds()
    bounds.yamlValues = 5
    for text in [
      "a: x-y, z, w:v\nb: 'p,q,r,s,t'\nc: |\n  - one, two, three\n", "# a\n# b\n# c\n# d\n# e\na: 1",
    ] {
      #expect(JobRecord.all(in: text, .yaml, bounds: bounds).flatMap(\.problems).isEmpty)
    }
    for text in [
      "- 1\n- 2\n- 3\n- 4\n- 5", "{a: 1, b: 2, c: [3, 4]}", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n",
      "--- 1\n--- 2\n--- 3\n--- 4\n--- 5\n--- 6\n", "[[[[[[]]]]]]", "{a, b, c, d, e}",
    ] {
      #expect(JobRecord.all(in: text, .yaml, bounds: bounds).flatMap(\.problems).map(\.kind) == [.limit])
    }
  }

  @Test func aliasedBytes() {
    let text =
      "a: &a \"\(String(repeating: "x", count: 1000))\"\n" + (0..<5000).map { "k\($0): *a\n" }.joined()
    let records = JobRecord.all(in: text, .yaml)
    #expect(
      records.flatMap(\.problems).map(\.message) == ["the aliases stand for more than 4194304 bytes of text"])
    var bounds = DocumentBounds()
    bounds.aliasedBytes = 4
    // Aliases of aliases count in full.
    let nested = "- &a xx\n- &b [*a, *a]\n- [*b]\n"
    #expect(
      JobRecord.all(in: nested, .yaml, bounds: bounds).map { $0.problems.isEmpty } == [true, true, false])
  }

  @Test func jobsOfAYAMLFile() {
    var bounds = DocumentBounds()
    bounds.yamlJobs = 2
    for text in ["- 1\n- 2\n- 3\n- 4\n", "--- 1\n--- 2\n--- 3\n--- 4\n", "--- [1]\n--- [2, 3]\n--- 4\n"] {
      let problems = JobRecord.all(in: text, .yaml, bounds: bounds).map(\.problems)
      #expect(problems.map { $0.map(\.kind) } == [[], [], [.limit]], "\(text)")
    }
  }

  @Test(arguments: [JobDocumentFormat.json, .jsonLines, .yaml])
  func timeOfADocument(format: JobDocumentFormat) {
    var bounds = DocumentBounds()
    bounds.timeLimit = .milliseconds(1)
    let text = "{" + (0..<40_000).map { "\"k\($0)\": 1" }.joined(separator: ", ") + "}"
    let problems = JobRecord.all(in: text, format, bounds: bounds).flatMap(\.problems)
    #expect(problems.map(\.kind) == [.limit])
    #expect(problems.first?.message.contains("longer than 0.001 s") == true)
    bounds.timeLimit = .seconds(600)
    #expect(JobRecord.all(in: text, format, bounds: bounds).flatMap(\.problems).isEmpty)
  }

  @Test(arguments: [JobDocumentFormat.json, .yaml])
  func documentBytes(format: JobDocumentFormat) {
    var bounds = DocumentBounds()
    bounds.documentBytes = 8
    #expect(JobRecord.all(in: "{\"a\": 1}", format, bounds: bounds).flatMap(\.problems).isEmpty)
    #expect(
      JobRecord.all(in: "{\"a\": 12}", format, bounds: bounds).map(\.outline) == [
        "!! 1:1 the document has more than 8 bytes: give one job a line, in a .jsonl file"
      ])
  }

  @Test(arguments: [1, 3, 1000])
  func lineBytes(chunk: Int) {
    var bounds = DocumentBounds()
    bounds.lineBytes = 8
    var rest = Array("{\"a\":12}\n{\"a\":123}\n\n{\"a\":4}\n{\"a\":12345678}".utf8)[...]
    var reader = JobDocumentReader(format: .jsonLines, bounds: bounds) { () throws(Never) -> [UInt8] in
      defer { rest = rest.dropFirst(chunk) }
      return Array(rest.prefix(chunk))
    }
    var outlines: [String] = []
    while let record = reader.next() { outlines.append(record.outline) }
    #expect(
      outlines == [
        "{a@1:2=#12@1:6}@1:1", "!! 2:1 the line has more than 8 bytes", "{a@4:2=#4@4:6}@4:1",
        "!! 5:1 the line has more than 8 bytes",
      ])
  }

  @Test func aPromptOfTenMegabytes() throws {
    let prompt = String(repeating: "abcdefgh ", count: 1_111_111)
    let record = try #require(JobRecord.all(in: "{\"prompt\": \"\(prompt)\", \"x\": 1}", .jsonLines).first)
    #expect(record.problems.isEmpty)
    #expect(record.body?["prompt"]?.string?.utf8.count == prompt.utf8.count)
    #expect(record.body?["x"]?.position == SourcePosition(line: 1, column: prompt.utf8.count + 21))
  }
}

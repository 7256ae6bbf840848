import JudgingKit
import Testing
import WanCheck

@Suite struct FieldLimitTests {
  struct Text: Sendable, CustomTestStringConvertible {
    let field: String
    let plain: Int
    var astral = 0
    let judged: Judged
    var testDescription: String { "\(field) of \(plain) + \(astral) astral" }
    var text: String { String(repeating: "a", count: plain) + String(repeating: "😀", count: astral) }
  }

  static func texts(_ field: String, _ most: Int) -> [Text] {
    [
      Text(field: field, plain: 1, judged: .inside),
      Text(field: field, plain: most - 1, judged: .inside),
      Text(field: field, plain: most, judged: .inside),
      Text(field: field, plain: most + 1, judged: .outside),
      Text(field: field, plain: most - 2, astral: 1, judged: .inside),
      Text(field: field, plain: most - 1, astral: 1, judged: .disagreeing),
      Text(field: field, plain: 0, astral: most, judged: .disagreeing),
      Text(field: field, plain: 0, astral: most + 1, judged: .outside),
    ]
  }

  @Test(arguments: texts("prompt", 5000) + texts("negative_prompt", 500))
  func textLength(_ text: Text) async throws {
    let result = try await Checking().job([.startImage], "\"\(text.field)\": \"\(text.text)\"")
    let rule = RuleID(rawValue: text.field == "prompt" ? "prompt-length" : "negative-prompt-length")
    #expect(result.findings(rule).map(\.severity) == [text.judged.severity].compactMap(\.self))
    #expect(result.rules == (text.judged.severity == nil ? [] : [rule.rawValue]))
    guard let finding = result.findings.first else { return }
    #expect(finding.pointer == "/\(text.field)")
    #expect(finding.actual == ["characters": .count(text.plain + text.astral)])
    #expect(
      finding.readings.map(\.actual) == [
        ["characters": .count(text.plain + text.astral)],
        ["characters": .count(text.plain + 2 * text.astral)],
      ])
    #expect(finding.readings.map(\.name) == ["Unicode scalars", "UTF-16 units"])
  }

  /// A family is one character to people and many to every server.
  @Test func graphemesDoNotCount() async throws {
    let family = "👨‍👩‍👧‍👦"
    let result = try await Checking().job(
      [.startImage], "\"negative_prompt\": \"\(String(repeating: family, count: 72))\"")
    #expect(result.findings.map(\.severity) == [.error])
    #expect(result.findings.first?.actual == ["characters": .integer(504)])
  }

  struct Number: Sendable, CustomTestStringConvertible {
    let member: String
    var rule: String?
    var actual: Quantity?
    var testDescription: String { member }

    init(_ member: String, _ rule: String? = nil, _ actual: Quantity? = nil) {
      (self.member, self.rule, self.actual) = (member, rule, actual)
    }
  }

  @Test(arguments: [
    Number("\"duration\": 1", "duration-range", .integer(1)), Number("\"duration\": 2"),
    Number("\"duration\": 15"), Number("\"duration\": 16", "duration-range", .integer(16)),
    Number("\"duration\": 5.0"), Number("\"duration\": 50e-1"), Number("\"duration\": 0.5e1"),
    Number("\"duration\": 15.0"), Number("\"duration\": 16.0", "duration-range", .integer(16)),
    Number("\"duration\": 5.5", "job-field-type", .text("a number")),
    Number("\"duration\": 15.000000000000000000001", "job-field-type", .text("a number")),
    Number("\"duration\": \"5\"", "job-field-type", .text("a string")),
    Number("\"duration\": true", "job-field-type", .text("a boolean")),
    Number("\"duration\": [5]", "job-field-type", .text("an array")),
    Number("\"duration\": -5", "duration-range", .integer(-5)),
    Number("\"seed\": -1", "seed-range", .integer(-1)), Number("\"seed\": 0"), Number("\"seed\": -0"),
    Number("\"seed\": 2147483647"), Number("\"seed\": 2147483648", "seed-range", .integer(2_147_483_648)),
    Number("\"seed\": 1e30", "seed-range", .text("1e30")),
    Number("\"seed\": -1e999999999", "seed-range", .text("-1e999999999")),
    Number("\"seed\": 1e-1", "job-field-type", .text("a number")),
    Number("\"seed\": 9223372036854775808", "seed-range", .text("9223372036854775808")),
    Number("\"resolution\": \"720P\""), Number("\"resolution\": \"1080P\""),
    Number("\"resolution\": \"720p\"", "resolution", .text("720p")),
    Number("\"resolution\": \"4K\"", "resolution", .text("4K")),
    Number("\"resolution\": 720", "job-field-type", .text("a number")),
  ])
  func values(_ number: Number) async throws {
    let result = try await Checking().job([.startImage], number.member)
    #expect(result.rules == [number.rule].compactMap(\.self))
    #expect(result.verdict == (number.rule == nil ? .valid : .invalid))
    #expect(result.findings.first?.actual.values.first == number.actual)
  }

  @Test func quotedNumberIsGivenBackAsANumber() async throws {
    let result = try await Checking().job([.startImage], "\"duration\": \"+05\"")
    #expect(result.findings.first?.fix?.text == "write \"duration\": 5 without quotes")
  }

  /// However long a number is, a message stays short.
  @Test func endlessNumber() async throws {
    for digits in [
      "1\(String(repeating: "0", count: 100_000))", "0.\(String(repeating: "1", count: 100_000))",
    ] {
      for value in [digits, "\"\(digits)\""] {
        let result = try await Checking().job([.startImage], "\"seed\": \(value)")
        #expect(result.verdict == .invalid)
        #expect(result.findings.allSatisfy { $0.message.count < 200 })
      }
    }
  }
}

import Foundation
import JobDocuments
import JudgingKit
import Testing

@testable import WanCheck

/// The line around a value, without what messages do not show either.
@Suite struct SourceExcerptTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    /// The value at which the finding is; the first in the text.
    var at: String
    var isYAML = false
    var shown: String
    var testDescription: String { text.debugDescription }
  }

  private static func excerpt(_ text: String, at needle: String, isYAML: Bool = false) throws
    -> SourceExcerpt?
  {
    let place = try #require(text.firstRange(of: needle)).lowerBound
    let before = text[..<place].unicodeScalars.filter { $0 != "\u{FEFF}" }
    let isBreak = { (scalar: Unicode.Scalar) in scalar == "\n" || (isYAML && scalar == "\r") }
    let line = before.count(where: isBreak) + 1
    let column = before.reversed().prefix { !isBreak($0) }.count + 1
    return SourceExcerpt(
      of: SourceText(Array(text.utf8), isYAML: isYAML), at: SourcePosition(line: line, column: column))
  }

  /// The value is between `«` and `»`.
  @Test(arguments: [
    Line(text: #"{"duration": 20, "seed": 1}"#, at: "20", shown: #"{"duration": «20», "seed": 1}"#),
    Line(text: "{\n  \"duration\": true,\n  \"seed\": 1}", at: "true", shown: "  \"duration\": «true»,"),
    Line(text: #"{"size": "a \" b"}"#, at: #""a"#, shown: #"{"size": «"a \" b"»}"#),
    Line(text: #"{"size": 1}"#, at: #""size"#, shown: #"{«"size"»: 1}"#),
    Line(text: #"{"a": [1, 2]}"#, at: "[", shown: #"{"a": «[»1, 2]}"#),
    Line(text: "duration: 20 # long", at: "20", isYAML: true, shown: "duration: «20» # long"),
    Line(text: "prompt: a red lake # so", at: "a red", isYAML: true, shown: "prompt: «a red lake» # so"),
    Line(text: "{prompt: a lake, seed: 1}", at: "a lake", isYAML: true, shown: "{prompt: «a lake», seed: 1}"),
    Line(text: "a: 1\rsize: 'x y'\r", at: "'x", isYAML: true, shown: "size: «'x y'»"),
    Line(text: "\u{FEFF}{\"a\": 12}", at: "12", shown: "{\"a\": «12»}"),
    Line(text: "{\"a\": \"\u{1B}[2J\u{202E}\"}", at: "\"\u{1B}", shown: #"{"a": «"\u{1B}[2J\u{202E}"»}"#),
    // What messages hide.
    Line(
      text: #"{"start_image_url": "https://h.net/a.png?X-Sig=abc", "duration": 20}"#, at: "20",
      shown: #"{"start_image_url": "https://h.net/a.png?…", "duration": «20»}"#),
    Line(
      text: #"{"start_image_url": "https:\/\/h.net\/a.png\u003fsig=abc", "duration": 20}"#, at: "20",
      shown: #"{"start_image_url": "https://h.net/a.png?…", "duration": «20»}"#),
    Line(
      text: #"{"start_image_url": "https://me:abc@h.net/a.png"}"#, at: #""https"#,
      shown: #"{"start_image_url": «"https://h.net/a.png"»}"#),
    Line(
      text: #"{"image": "data:image/png;base64,iVBORw0KGgo="}"#, at: #""image"#,
      shown: #"{«"image"»: "data:…"}"#),
    Line(
      text: #"{"prompt": "as in https://h.net/a?sig=abc here", "seed": -1}"#, at: "-1",
      shown: #"{"prompt": "as in https://h.net/a?…", "seed": «-1»}"#),
    Line(text: #"{"api_key": "abc", "seed": -1}"#, at: "-1", shown: #"{"api_key": "…", "seed": «-1»}"#),
    Line(
      text: #"{"note": "FPSX0123456789abcdef0123456789abcdef", "seed": -1}"#, at: "-1",
      shown: #"{"note": "…", "seed": «-1»}"#),
    Line(
      text: "start_image_url: https://h.net/a.png?sig=abc", at: "https", isYAML: true,
      shown: "start_image_url: «https://h.net/a.png?…»"),
    Line(text: "x-api-key: abc def", at: "x-api", isYAML: true, shown: "«x-api-key»: … …"),
    // Strings that are broken, or go on over lines.
    Line(
      text: #"{"prompt": "abc, "api_key": "s3cr3t"}"#, at: "api_key",
      shown: #"{"prompt": "abc, "«api_key»": "…"}"#),
    Line(
      text: "{a: \"https://h.net/?sig=\\\n  abcdef\", size: 1}", at: "1", isYAML: true,
      shown: "…\", size: «1»}"),
  ])
  func secretsAreHidden(_ line: Line) throws {
    let excerpt = try #require(try Self.excerpt(line.text, at: line.at, isYAML: line.isYAML))
    #expect("\(excerpt.before)«\(excerpt.value)»\(excerpt.after)" == line.shown)
    #expect(!"\(excerpt)".contains("abc@") && !"\(excerpt)".contains("s3cr3t"))
  }

  @Test func aLongLineIsAWindow() throws {
    let filler = String(repeating: "lake ", count: 4000)
    let text =
      #"{"start_image_url": "https://h.net/a.png?sig="# + String(repeating: "secret", count: 3000)
      + #"", "prompt": "\#(filler)", "duration": 20, "note": "\#(filler)", "end": 1}"#
    for needle in ["20", "\"duration", "\"lake", "\"note", "1}", "\"https"] {
      let excerpt = try #require(try Self.excerpt(text, at: needle))
      let shown = excerpt.before + excerpt.value + excerpt.after
      #expect(shown.count < 800 && !shown.contains("secret"), "\(needle): \(shown)")
      #expect(shown.hasPrefix("…") || shown.hasPrefix("{"))
    }
    let inside = try #require(
      SourceExcerpt(of: SourceText(Array(text.utf8)), at: SourcePosition(line: 1, column: 9000)))
    #expect(!"\(inside)".contains("ecretse"))
  }

  /// A document of one line costs no more for each finding than one of many.
  @Test func placesAreFoundInOneLongLine() throws {
    let jobs = (0..<20_000).map { #"{"duration": \#($0 + 100_000), "prompt": "湖"}"# }
    let text = "[" + jobs.joined(separator: ",") + "]"
    let source = SourceText(Array(text.utf8))
    let length = jobs[0].unicodeScalars.count + 1
    for number in stride(from: 0, to: jobs.count, by: 97) {
      let position = SourcePosition(line: 1, column: 2 + number * length + 13)
      #expect(SourceExcerpt(of: source, at: position)?.value == "\(number + 100_000)")
    }
  }

  @Test func aPlaceThatIsNotThereHasNone() {
    let source = SourceText(Array("{}\n\n  \n".utf8), firstLine: 5)
    for (line, column) in [(4, 1), (9, 1), (5, 4), (6, 1), (7, 3), (0, 0), (-1, -1), (.max, .max)] {
      #expect(
        SourceExcerpt(of: source, at: SourcePosition(line: line, column: column)) == nil, "\(line):\(column)")
    }
    #expect(SourceExcerpt(of: source, at: SourcePosition(line: 5, column: 1))?.value == "{")
    #expect(SourceExcerpt(of: SourceText([]), at: .start) == nil)
  }

  /// Cut and damaged text at every place.
  @Test func nothingTraps() {
    let text =
      Array("{\"a\\\": \"https://u:p@h/?s=\\u00\", k\u{FEFF}: '湖\\x\n\"\r\"\\".utf8) + [
        0xC3, 0x22, 0xFF, 0x5C,
      ]
    for end in 0...text.count {
      for isYAML in [false, true] {
        let source = SourceText(Array(text[..<end]), isYAML: isYAML)
        for line in 1...3 {
          for column in 1...(end + 2) {
            _ = SourceExcerpt(of: source, at: SourcePosition(line: line, column: column))
          }
        }
      }
    }
  }

  @Test func everyFindingOfAJobHasItsLine() async throws {
    let text = "{\"prompt\": \"x\"}\n{\"duration\": 99, \"size\": 1}"
    let checking = Checking()
    var reader = JobDocumentReader(Array(text.utf8), format: .jsonLines)
    while let record = reader.next() {
      let result = try await checking.preflight.check(Job(record, file: "jobs.jsonl")).result
      #expect(!result.findings.isEmpty)
      for finding in result.findings {
        #expect(
          finding.place.excerpt.map { $0.before + $0.value + $0.after }
            == text.split(separator: "\n").map(String.init)[record.index])
      }
    }
  }
}

import FixtureKit
import Foundation
import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading
@testable import StreamProbing

/// What a format needs beside its row in `FormatTable`; a failure says what is missing.
@Suite struct FormatTableTests {
  private static let rows = FormatTable.rows + FormatTable.families

  @Test(arguments: rows)
  func contentIsRecognised(_ row: FormatRow) throws {
    let cases = SniffCase.all.filter { $0.id == row.format.id }.map(\.bytes)
    let examples = row.signatures.map(\.example) + row.brands.map { SniffCase.branded($0) } + cases
    #expect(
      !examples.isEmpty, "\(row.format) has no signature and no brand: teach a sniffer, and add a `SniffCase`"
    )
    for bytes in examples {
      let facts = try Sniffer.identify(MeteredReader(AudioBytes(bytes), budget: Budget()))
      #expect(facts.format == row.format, "another row, or a sniffer, names the content of \(row.format)")
    }
  }

  @Test(arguments: rows)
  func probeMeasures(_ row: FormatRow) throws {
    let before = MediaFacts(format: row.format)
    var facts = before
    let reader = MeteredReader(AudioBytes([UInt8](repeating: 0, count: 64)), budget: Budget())
    try ImageProbe.measure(reader, .header, &facts)
    try StreamProbe.measure(reader, ProbeRequest(expected: row.format.kind, depth: .header), &facts)
    if row.isMeasured {
      #expect(facts != before, "the row of \(row.format) says `isMeasured`, and no probe measures it")
      #expect(row.format.kind != nil)
      #expect(!row.extensions.isEmpty, "\(row.format) needs the extensions of its files")
      #expect(!row.contentTypes.isEmpty, "\(row.format) needs the content types that servers send")
    } else {
      #expect(facts == before, "a probe measures \(row.format), and its row does not say `isMeasured`")
    }
  }

  @Test func sniffersNameFormatsOfTheTable() {
    for example in SniffCase.all {
      guard let id = example.id else { continue }
      #expect(FormatTable.row(id: id) != nil, "\(id), of the case \(example.name), has no row")
    }
  }

  @Test func nothingNamesTwoFormats() {
    let columns: [(FormatRow) -> [String]] = [
      { $0.extensions + $0.otherExtensions }, { $0.contentTypes }, { $0.brands },
    ]
    #expect(Set(Self.rows.map(\.format.id)).count == Self.rows.count)
    for column in columns {
      let words = Self.rows.flatMap(column)
      #expect(Set(words).count == words.count)
    }
  }

  @Test(arguments: rows)
  func wordsAreWellFormed(_ row: FormatRow) {
    #expect(row.format.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
    #expect(!row.format.name.isEmpty)
    #expect(row.brands.allSatisfy { $0.count == 4 })
    #expect(row.signatures.allSatisfy { $0.example.count >= 2 })
    for word in row.extensions + row.otherExtensions + row.contentTypes { #expect(word == word.lowercased()) }
  }

  /// The hook of pre-commit picks the files that gates check; its pattern cannot read the table.
  @Test func hookPicksTheSameFiles() throws {
    let hooks = try String(
      contentsOf: Fixture.root.appending(path: "../.pre-commit-hooks.yaml"), encoding: .utf8)
    let line = try #require(
      hooks.split(separator: "\n").first { $0.contains("files: ") && $0.contains("jp") })
    let pattern = try Regex(String(line.split(separator: "'")[1]))
    for row in FormatTable.rows {
      for suffix in row.extensions {
        #expect("a.\(suffix)".contains(pattern), "the hook passes over .\(suffix)")
      }
      for suffix in row.otherExtensions where suffix != "json" {
        #expect(!"a.\(suffix)".contains(pattern), "the hook picks .\(suffix), and gates do not")
      }
    }
  }
}

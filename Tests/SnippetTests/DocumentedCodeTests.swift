import FixtureKit
import Foundation
import Testing

/// Every block of Swift in the documentation stands in a file of this folder, line by line.
@Suite struct DocumentedCodeTests {
  private static let root = Fixture.root.deletingLastPathComponent()
  private static let pages = [
    "README.md", "docs/use-as-a-library.md", "Sources/WanCheck/WanCheck.docc/CheckingBeforeSending.md",
  ]

  @Test(arguments: pages)
  func compiles(page: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
    let snippets = Self.lines(try String(contentsOf: Self.snippetFile, encoding: .utf8))
    let blocks = text.matches(of: /```swift\n([\s\S]*?)```/).map { Self.lines(String($0.output.1)) }
      // Lines of a manifest are no code of a program.
      .filter { $0.first?.hasPrefix(".package(") != true && $0.first?.hasPrefix(".product(") != true }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let (imports, code) = (
        block.filter { $0.hasPrefix("import ") }, block.filter { !$0.hasPrefix("import ") }
      )
      #expect(imports.allSatisfy(snippets.contains), "\(page): \(imports)")
      #expect(Self.holds(snippets, code), "\(page): no snippet is \(code)")
    }
  }

  /// The comparison finds what is not there.
  @Test func aChangedLineIsNoticed() throws {
    let snippets = Self.lines(try String(contentsOf: Self.snippetFile, encoding: .utf8))
    #expect(Self.holds(snippets, ["let preflight = Preflight(prober: .inProcess)"]))
    #expect(!Self.holds(snippets, ["let preflight = Preflight(prober: .outOfProcess)"]))
    #expect(!Self.holds(snippets, []))
  }

  private static let snippetFile = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "LibrarySnippets.swift")

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static func holds(_ lines: [String], _ block: [String]) -> Bool {
    guard !block.isEmpty, block.count <= lines.count else { return false }
    return (0...(lines.count - block.count)).contains { Array(lines[$0..<($0 + block.count)]) == block }
  }
}

import FixtureKit
import Foundation
import Testing

/// Every block of Swift in the documentation is in a file of this folder, line by line.
@Suite struct DocumentedCodeTests {
  private static let root = Fixture.root.deletingLastPathComponent()
  /// Pages for people, and every article of the libraries that shows code.
  private static let pages: [String] = {
    let articles = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)?.compactMap {
      entry in
      (entry as? String).flatMap { $0.contains(".docc/") && $0.hasSuffix(".md") ? "Sources/\($0)" : nil }
    }
    return ["README.md", "docs/submitting.md", "docs/use-as-a-library.md"]
      + (articles ?? []).sorted().filter { page in
        (try? String(contentsOf: root.appending(path: page), encoding: .utf8))?.contains("```swift") == true
      }
  }()

  @Test(arguments: pages)
  func compiles(page: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
    let snippets = try Self.snippets()
    let blocks = text.matches(of: /```swift\n([\s\S]*?)```/).map { Self.lines(String($0.output.1)) }
      // Lines of a manifest are not code of a program.
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
    let snippets = try Self.snippets()
    #expect(
      Self.holds(snippets, ["let preflight = Preflight(prober: .inProcess, opener: HTTPAssetOpener())"]))
    #expect(
      !Self.holds(snippets, ["let preflight = Preflight(prober: .outOfProcess, opener: HTTPAssetOpener())"]))
    #expect(!Self.holds(snippets, []))
  }

  @Test func theArticlesAreFound() {
    for page in ["MediaProbe/MediaProbe.docc/ProbingByItself.md", "WanSubmit/WanSubmit.docc/NothingTwice.md"]
    {
      #expect(Self.pages.contains("Sources/\(page)"))
    }
  }

  /// The lines of all files with snippets, one file after the other.
  private static func snippets() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try ["LibrarySnippets", "ProbeSnippets", "SubmitSnippets"].flatMap { name in
      try lines(String(contentsOf: folder.appending(path: "\(name).swift"), encoding: .utf8))
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private static func holds(_ lines: [String], _ block: [String]) -> Bool {
    guard !block.isEmpty, block.count <= lines.count else { return false }
    return (0...(lines.count - block.count)).contains { Array(lines[$0..<($0 + block.count)]) == block }
  }
}

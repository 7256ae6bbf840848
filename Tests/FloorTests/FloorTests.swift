import FixtureKit
import Foundation
import Testing

/// A target and its floor in `CONTRIBUTING.md`; targets of a floor that build on each other have a second digit.
private struct Floor: Sendable, CustomTestStringConvertible {
  var target: String
  var floor: Double

  var testDescription: String { "\(target) on floor \(floor)" }

  /// Modules of C are on floor 0.
  static let all: [Floor] = [
    Floor(target: "Libc", floor: 0),
    Floor(target: "MediaFacts", floor: 1), Floor(target: "Locations", floor: 1),
    Floor(target: "JobDocuments", floor: 1),
    Floor(target: "AssetOpening", floor: 2.0), Floor(target: "AssetSource", floor: 2.1),
    Floor(target: "MediaReading", floor: 2.0), Floor(target: "ProbeChannel", floor: 2.0),
    Floor(target: "ImageProbing", floor: 2.1), Floor(target: "StreamProbing", floor: 2.1),
    Floor(target: "ProbeWorkerLoop", floor: 2.1), Floor(target: "MediaProbe", floor: 2.2),
    Floor(target: "ProbeWorkers", floor: 2.2), Floor(target: "wan-check-probe-images", floor: 2.2),
    Floor(target: "wan-check-probe-streams", floor: 2.2),
    Floor(target: "WanCheck", floor: 3), Floor(target: "WanSubmit", floor: 4),
    Floor(target: "WanReport", floor: 5),
    Floor(target: "WanSubmitReport", floor: 6), Floor(target: "WanServe", floor: 6),
    Floor(target: "wan-check", floor: 7),
  ]

  static func of(_ target: String) -> Double? {
    all.first { $0.target.replacing("-", with: "_") == target.replacing("-", with: "_") }?.floor
  }
}

/// A floor knows only the floors below it, and the rooms of one floor do not know each other.
@Suite struct FloorTests {
  private static let root = Fixture.root.deletingLastPathComponent()
  private static let sources = root.appending(path: "Sources")
  private static let targets =
    (try? FileManager.default.contentsOfDirectory(atPath: sources.path))?.sorted() ?? []

  /// The targets of Swift; those of C have a capital C and another capital.
  private static let swiftTargets = targets.filter {
    $0.firstMatch(of: /^C[A-Z]/) == nil && !$0.hasPrefix(".")
  }

  @Test func everyTargetHasAFloor() {
    #expect(Self.swiftTargets.count > 10)
    #expect(
      Self.swiftTargets.filter { Floor.of($0) == nil } == [], "add them to the table, and to CONTRIBUTING.md")
  }

  @Test(arguments: swiftTargets)
  func importsLookDown(_ target: String) throws {
    let floor = try #require(Floor.of(target))
    let imports = try Self.imports(of: target)
    for (module, files) in imports {
      guard let below = Floor.of(module), module != target else { continue }
      #expect(below < floor, "\(target) imports \(module) in \(files.sorted().joined(separator: ", "))")
    }
  }

  /// What a program links that uses a target, tests left out: a report of checks needs no network and no database.
  @Test(arguments: [
    ("WanCheck", ["GRDB", "WanSubmit", "CFFmpeg", "CMediaShims"]),
    ("WanReport", ["GRDB", "WanSubmit", "CFFmpeg", "CMediaShims"]),
    ("AssetSource", ["GRDB", "WanCheck", "CFFmpeg", "CMediaShims"]),
    ("ProbeWorkers", ["GRDB", "AsyncHTTPClient", "CFFmpeg", "CMediaShims"]),
    ("WanSubmit", ["CFFmpeg", "CMediaShims", "ArgumentParser"]),
  ])
  func linksNothingElse(_ target: String, _ strangers: [String]) throws {
    let closure = try Self.closure(of: target)
    #expect(closure.count > 1)
    let found = closure.filter { name in strangers.contains { name.hasPrefix($0) } }
    #expect(found.isEmpty, "\(target) links \(found.sorted())")
  }

  /// A manifest that is read wrongly proves nothing.
  @Test func theManifestIsRead() throws {
    #expect(
      try Self.closure(of: "wan-check").isSuperset(of: ["ArgumentParser", "GRDB", "NIOSSL", "MediaFacts"]))
    #expect(try Self.imports(of: "WanSubmit").keys.contains("GRDB"))
  }

  /// The modules that a target's files import, each with the names of those files.
  private static func imports(of target: String) throws -> [String: Set<String>] {
    let folder = sources.appending(path: target)
    var imports: [String: Set<String>] = [:]
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let pattern =
          /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        if let match = line.prefixMatch(of: pattern) { imports[String(match.1), default: []].insert(file) }
      }
    }
    return imports
  }

  /// A target with all that it depends on in `Package.swift`; the products of other packages by their names.
  private static func closure(of target: String) throws -> Set<String> {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var direct: [String: [String]] = [:]
    for declaration in manifest.split(separator: /\.(?:target|executableTarget|testTarget|systemLibrary)\(/)
      .dropFirst()
    {
      guard let name = declaration.firstMatch(of: /name: "([^"]+)"/)?.1 else { continue }
      // Conditions such as `.target(name: "X", condition: …)` begin a piece of their own.
      let list = declaration.firstMatch(of: /dependencies: \[([\s\S]*?)\n? *\](?:,|\)|$)/)?.1 ?? ""
      direct[String(name), default: []] += list.replacing(/package: "[^"]*"/, with: "").matches(
        of: /"([^"]+)"/
      )
      .map { String($0.output.1) }
    }
    var closure: Set<String> = [target]
    var waiting = [target]
    while let next = waiting.popLast() {
      for name in direct[next] ?? [] where closure.insert(name).inserted { waiting.append(name) }
    }
    return closure
  }
}

import AssetOpening
import AssetSource
import Locations
import SystemPackage
import Testing

@Suite struct URLMappingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let prefix: String
    let url: String
    /// The way from the folder; `nil`: the mapping does not cover the URL.
    let path: FilePath?
    var testDescription: String { "\(prefix) and \(url)" }

    init(_ prefix: String, _ url: String, _ path: FilePath?) {
      (self.prefix, self.url, self.path) = (prefix, url, path)
    }
  }

  @Test(arguments: [
    Case("https://cdn.x/a", "https://cdn.x/a/b.png", "b.png"),
    Case("https://cdn.x/a/", "https://cdn.x/a/b.png", "b.png"),
    Case("https://cdn.x/a", "https://cdn.x/a/b/c.png", "b/c.png"),
    Case("https://cdn.x/a", "https://cdn.x/ab.png", nil),
    Case("https://cdn.x/a", "https://cdn.x/A/b.png", nil),
    Case("https://cdn.x/a", "https://cdn.x/", nil),
    Case("https://cdn.x/a/b", "https://cdn.x/a", nil),
    Case("https://cdn.x", "https://cdn.x/b.png", "b.png"),
    Case("https://cdn.x/", "https://cdn.x/b.png", "b.png"),
    Case("HTTPS://CDN.x:443/a", "https://cdn.X./a/b.png", "b.png"),
    Case("https://xn--bcher-kva.x/a", "https://bücher.x/a/b.png", "b.png"),
    Case("http://127.0.0.1/a", "http://2130706433/a/b.png", "b.png"),
    Case("https://cdn.x/a", "http://cdn.x/a/b.png", nil),
    Case("https://cdn.x/a", "https://cdn.x:8443/a/b.png", nil),
    Case("https://cdn.x/a", "https://cdn.x.y/a/b.png", nil),
    Case("https://cdn.x/a", "https://cdn.x/a/b.png?sig=/../1#f", "b.png"),
    Case("https://cdn.x/a%20b", "https://cdn.x/%61%20b/c%3D1.png", "c=1.png"),
    Case("https://cdn.x/a", "https://cdn.x/a/%252e%252e/b.png", "%2e%2e/b.png"),
    Case("https://cdn.x/a", "https://cdn.x/a/...", "..."),
    Case("https://cdn.x/a", "https://cdn.x/a/~/b;c=1.png", "~/b;c=1.png"),
    // What only looks like the prefix once it is decoded has another path.
    Case("https://cdn.x/a/b", "https://cdn.x/a%2Fb/c.png", nil),
    Case("https://cdn.x/a", "https://cdn.x/x/../a/b.png", nil),
  ])
  func coversWhatLiesBelowThePrefix(_ expected: Case) throws {
    let mappings = URLMappings([try URLMapping(prefix: expected.prefix, folder: "public")])
    let url = try #require(AssetURL.read(expected.url).url)
    let copy = try mappings.localCopy(of: url)
    #expect(copy?.path == expected.path)
    #expect(copy?.folder == (expected.path == nil ? nil : "public"))
    #expect(mappings.covers(url) == (expected.path != nil))
  }

  @Test(arguments: [
    "/a/..", "/a/../b.png", "/a/b/../../c.png", "/a/%2e%2e/b.png", "/a/.%2E/b.png", "/a/./b.png", "/a/%2e",
    "/a/b%2fc.png", "/a/..%2f..%2fetc", "/a/%2fetc/passwd", "/a//etc/passwd", "/a//b.png", "/a/b.png/", "/a/",
    "/a", "/a/%5c..%5cb.png", "/a/b%00.png", "/a/%ff.png",
  ])
  func refusesWhatIsNoPlainNameInTheFolder(_ path: String) throws {
    let mappings = URLMappings([try URLMapping(prefix: "https://cdn.x/a", folder: "public")])
    let url = try #require(AssetURL.read("https://cdn.x\(path)").url)
    #expect(mappings.covers(url), "it must not be fetched instead")
    let error = #expect(throws: AssetError.self) { try mappings.localCopy(of: url) }
    #expect(error?.code == .unreadable)
  }

  @Test func theLongestPrefixWins() throws {
    let mappings = URLMappings([
      try URLMapping(prefix: "https://cdn.x/a", folder: "short"),
      try URLMapping(prefix: "https://cdn.x/a/b/", folder: "long"),
      try URLMapping(prefix: "https://cdn.x", folder: "all"),
    ])
    for (url, folder) in [("/a/b/c.png", "long"), ("/a/bb/c.png", "short"), ("/c.png", "all")] {
      let url = try #require(AssetURL.read("https://cdn.x\(url)").url)
      #expect(try mappings.localCopy(of: url)?.folder == FilePath(folder))
    }
  }

  @Test(arguments: [
    "", "cdn.x/a", "ftp://cdn.x/a", "https://", "https://u:p@cdn.x/a", "https://cdn.x/a?b",
    "https://cdn.x/a#b",
    "https://cdn.x/a/../b", "https://cdn.x//a", "https://cdn.x/a%2fb", "https://cdn.x/a b",
  ])
  func aPrefixIsAPlainURL(_ prefix: String) {
    #expect(throws: AssetURLProblem.self) { try URLMapping(prefix: prefix, folder: "public") }
  }

  @Test func prefixesAreTheSameHoweverTheyAreWritten() throws {
    let one = try URLMapping(prefix: "https://cdn.x/a", folder: "one")
    #expect(one.coversTheSame(as: try URLMapping(prefix: "HTTPS://CDN.X:443/%61/", folder: "two")))
    #expect(!one.coversTheSame(as: try URLMapping(prefix: "https://cdn.x/a/b", folder: "one")))
    #expect(!one.coversTheSame(as: try URLMapping(prefix: "http://cdn.x/a", folder: "one")))
  }
}

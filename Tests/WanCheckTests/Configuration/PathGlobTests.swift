import Testing

@testable import WanCheck

@Suite struct PathGlobTests {
  @Test(arguments: [
    ("a.png", "a.png", true), ("a.png", "b/a.png", false), ("*.png", "a.png", true),
    ("*.png", "b/a.png", false),
    ("**", "a", true), ("**", "a/b/c", true), ("**/a", "a", true), ("**/a", "x/y/a", true),
    ("**/a", "x/ab", false),
    ("a/**", "a/b/c", true), ("a/**", "ab/c", false), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
    ("a/**/z", "a/b", false), ("a/", "a/b/c", true), ("./a", "a", true), ("a?c", "abc", true),
    ("a?c", "a/c", false),
    ("a*c", "ac", true), ("a*c", "abbbc", true), ("a*c*e", "abcde", true), ("a*c", "ab/c", false),
    ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[!a-c]x", "dx", true), ("[]]", "]", true),
    ("[a", "[a", true),
    ("\\*", "*", true), ("\\*", "a", false), ("*", ".hidden", true), ("**/*.json", "x/.y/z.json", true),
    ("bilder/ä*.png", "bilder/ähre.png", true), ("", "a", false),
  ])
  func covers(_ pattern: String, _ path: String, _ isCovered: Bool) {
    #expect((PathGlob(pattern)?.matches(path) ?? false) == isCovered)
  }

  @Test(arguments: ["", "/", "/a", "../a", "a/../b", "a//b"])
  func isNoPattern(_ text: String) { #expect(PathGlob(text) == nil) }

  @Test func manyStarsTakeNoTimeThatGrowsWithoutBound() throws {
    let glob = try #require(
      PathGlob(String(repeating: "**/a*a*a*", count: 1) + String(repeating: "*a*b", count: 200)))
    #expect(!glob.matches(String(repeating: "a", count: 2000)))
    let folders = try #require(PathGlob(Array(repeating: "**", count: 200).joined(separator: "/x/")))
    #expect(!folders.matches(Array(repeating: "y", count: 500).joined(separator: "/")))
  }

  @Test(arguments: [
    ("2026-11-23", true), ("2028-02-29", true), ("2027-02-29", false), ("2100-02-29", false),
    ("2027-13-01", false),
    ("2027-00-10", false), ("2027-04-31", false), ("2027-1-1", false), ("27-01-01", false),
    ("2027-01-01T00", false),
    ("", false), ("٢٠٢٧-01-01", false),
  ])
  func daysThatThereAre(_ text: String, _ isDay: Bool) { #expect((CalendarDay(text) != nil) == isDay) }

  @Test func aDayLastsToItsEnd() throws {
    let day = try #require(CalendarDay("2026-11-23"))
    #expect(!day.isOver(at: 1_795_392_000))
    #expect(!day.isOver(at: 1_795_392_000 + 86399))
    #expect(day.isOver(at: 1_795_392_000 + 86400))
    #expect(try #require(CalendarDay("1970-01-01")).isOver(at: 86400))
    #expect(try !#require(CalendarDay("2000-03-01")).isOver(at: 951_868_800 + 86399))
  }
}

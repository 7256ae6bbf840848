import Testing

@testable import WanReport

@Suite struct RepositoryPathsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var path: String
    var testDescription: String { "\(file) → \(path)" }
  }

  @Test(arguments: [
    Case(file: "job.json", path: "sub/job.json"), Case(file: "./a//b.png", path: "sub/a/b.png"),
    Case(file: "../job.json", path: "job.json"), Case(file: "../../job.json", path: "/job.json"),
    Case(file: "/repo/a.png", path: "a.png"), Case(file: "/repository/a.png", path: "/repository/a.png"),
    Case(file: "/other/a.png", path: "/other/a.png"), Case(file: "a/../../sub/b", path: "sub/b"),
    Case(file: "..", path: "/repo"), Case(file: "/../../x", path: "/x"),
  ])
  func fromTheRoot(_ given: Case) {
    #expect(RepositoryPaths(workingFolder: "/repo/sub", root: "/repo").path(of: given.file) == given.path)
  }

  @Test func bytesThatAreNoTextStay() {
    let paths = RepositoryPaths(workingFolder: "/repo/sub", root: "/repo")
    #expect(
      paths.path(of: [0xFF, UInt8(ascii: "/"), 0xC3]) == "sub/".utf8 + [0xFF, UInt8(ascii: "/"), 0xC3])
    #expect(PathURI.text("a ".utf8 + [0xFF]) == "a%20%FF")
  }

  @Test func withoutARepositoryTheWorkingFolderIsTheRoot() {
    #expect(RepositoryPaths(workingFolder: "/home/me").path(of: "a/b.png") == "a/b.png")
    #expect(RepositoryPaths(workingFolder: "/home/me").path(of: "../b.png") == "/home/b.png")
  }
}

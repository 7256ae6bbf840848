import AssetOpening
import AssetSource
import SystemPackage
import Testing

@Suite struct PathConfinementTests {
  private let folder: TemporaryFolder

  /// `desk/` is the working folder, `desk/jobs/` and `other/` hold job files.
  init() throws {
    folder = try TemporaryFolder()
    for name in ["desk", "desk/jobs", "desk/jobs/in", "desk/media", "other", "other/deep", "desktop"] {
      try folder.makeFolder(name)
    }
    try folder.write("desk/media/a.png")
    try folder.link("desk/jobs/to-media", to: "../media")
    try folder.link("desk/jobs/to-other", to: "../../other")
    try folder.link("desk/jobs/to-etc", to: "/etc")
    try folder.link("desk/jobs/dangling", to: "../../other/new.png")
    try folder.link("desk/jobs/dangling-inside", to: "new.png")
    try folder.link("desk/jobs/circle", to: "circle2")
    try folder.link("desk/jobs/circle2", to: "circle")
    try folder.link("other/back", to: "../desk/media")
    try folder.link("other/to-deep", to: "deep")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let isInside: Bool
    let leadsTo: String
    var testDescription: String { text }

    init(_ text: String, _ isInside: Bool, _ leadsTo: String) {
      (self.text, self.isInside, self.leadsTo) = (text, isInside, leadsTo)
    }
  }

  @Test(arguments: [
    Case("a.png", true, "/desk/jobs/a.png"),
    Case("./in/../a.png", true, "/desk/jobs/a.png"),
    Case("missing/../a.png", true, "/desk/jobs/a.png"),
    Case("../media/a.png", true, "/desk/media/a.png"),
    Case("..", true, "/desk"),
    Case("to-media/a.png", true, "/desk/media/a.png"),
    Case("dangling-inside", true, "/desk/jobs/new.png"),
    Case("~/a.png", true, "/desk/jobs/~/a.png"),
    Case("%2e%2e/%2e%2e/a.png", true, "/desk/jobs/%2e%2e/%2e%2e/a.png"),
    Case("..\\..\\a.png", true, "/desk/jobs/..\\..\\a.png"),
    Case("../../other/a.png", false, "/other/a.png"),
    Case("../../desktop/a.png", false, "/desktop/a.png"),
    Case("to-other/a.png", false, "/other/a.png"),
    Case("to-other/../desk/media/a.png", true, "/desk/media/a.png"),
    Case("dangling", false, "/other/new.png"),
    Case("missing/../../../other/a.png", false, "/other/a.png"),
    Case("to-media/../../other/a.png", false, "/other/a.png"),
  ])
  func placesRelativePaths(_ expected: Case) throws {
    let confinement = try PathConfinement(jobFolder: "jobs", workingFolder: folder.path.appending("desk"))
    let place = try confinement.place(expected.text)
    #expect(place.path.string == folder.path.string + expected.leadsTo)
    #expect(place.isInside == expected.isInside)
  }

  @Test func placesAbsolutePaths() throws {
    let desk = folder.path.appending("desk")
    let confinement = try PathConfinement(jobFolder: "jobs", workingFolder: desk)
    #expect(try confinement.place(desk.appending("media/a.png").string).isInside)
    #expect(try !confinement.place("/etc/passwd").isInside)
    #expect(try !confinement.place("to-etc/passwd").isInside)
    #expect(try !confinement.place("/").isInside)
    #expect(try !confinement.place(String(repeating: "../", count: 100)).isInside)
  }

  @Test func aJobFolderElsewhereAddsToTheWorkingFolder() throws {
    let confinement = try PathConfinement(
      jobFolder: folder.path.appending("other"), workingFolder: folder.path.appending("desk"))
    #expect(try confinement.place("a.png").isInside)
    #expect(try confinement.place("back/a.png").isInside)
    #expect(try confinement.place("../desk/a.png").isInside)
    #expect(try !confinement.place("../desktop/a.png").isInside)
  }

  @Test func aJobFolderThatIsALinkIsWhereItLeads() throws {
    let confinement = try PathConfinement(
      jobFolder: folder.path.appending("other/to-deep"), workingFolder: folder.path.appending("desk"))
    #expect(try confinement.place("a.png").path == folder.path.appending("other/deep/a.png"))
    #expect(try confinement.place("a.png").isInside)
    #expect(try !confinement.place("../a.png").isInside)
  }

  @Test func jobsFromStandardInputStartAtTheWorkingFolder() throws {
    let confinement = try PathConfinement(jobFolder: nil, workingFolder: folder.path.appending("desk"))
    #expect(try confinement.place("media/a.png").isInside)
    #expect(try !confinement.place("../other/a.png").isInside)
  }

  @Test(arguments: ["circle", "circle/a.png", "", "a\u{0}b", String(repeating: "a/", count: 4000)])
  func saysWhatCannotBePlaced(_ text: String) throws {
    let confinement = try PathConfinement(jobFolder: "jobs", workingFolder: folder.path.appending("desk"))
    #expect(throws: AssetError.self) { try confinement.place(text) }
  }

  @Test func theWorkingFolderMustBeAbsolute() {
    #expect(throws: AssetError.self) { try PathConfinement(jobFolder: nil, workingFolder: "desk") }
  }
}

import FixtureKit
import Foundation
import Testing

/// The notices name every linked component with its licence; a component without a licence stops the release.
@Suite struct NoticesTests {
  private static let root = Fixture.root.deletingLastPathComponent()

  private func notices(_ checkouts: URL, _ objects: URL, _ options: [String] = []) throws -> Program.Outcome {
    try Program(executable: Self.root.appending(path: "Scripts/third-party")).run(
      options + [checkouts.path(percentEncoded: false), objects.path(percentEncoded: false)])
  }

  /// The packages and the linked objects of the build that these tests are of.
  private func build() throws -> (checkouts: URL, objects: URL) {
    let binary = Program.wanCheck.executable
    let objects = binary.deletingLastPathComponent().appending(path: "wan-check.product/Objects.LinkFileList")
    // The path is .build/TRIPLE/debug, or .build/debug if the link is not resolved.
    let folders = sequence(first: binary) { $0.deletingLastPathComponent() }.prefix(5)
    let checkouts = try #require(
      folders.map { $0.appending(path: "checkouts") }.first {
        FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
      })
    return (checkouts, objects)
  }

  @Test func allThatIsLinkedHasALicence() throws {
    let (checkouts, objects) = try build()
    let outcome = try notices(checkouts, objects)
    try #require(outcome.status == 0, "\(outcome.errors)")
    for words in [
      "\nGRDB.swift\n", "\nswift-nio-ssl\n", "Copyright 2014 The BoringSSL Authors",
      "OpenSSL Project Authors",
      "fiat-crypto authors", "Fedor Indutny", "Jean-loup Gailly", "uSHET", "XKCP",
      "UNICODE LICENSE V3",
    ] {
      #expect(outcome.text.contains(words), "\(words)")
    }
    // Dependencies that only tests use are not in the notices.
    #expect(!outcome.text.contains("\nhummingbird\n"))
  }

  /// A release contains C libraries, which have licences too; the SBOM has the version of everything.
  @Test func theLibrariesOfAReleaseAreListed() throws {
    let (checkouts, objects) = try build()
    let folder = try TemporaryFolder()
    try folder.write("Lesser General Public License", to: "lean/licences/FFmpeg.txt")
    try folder.write(
      "FFmpeg\t7:5.1.9-0+deb12u1\tLGPL-2.1-or-later\tdeb/debian/ffmpeg\n", to: "lean/packages.tsv")
    let file = folder.url.appending(path: "sbom.json")
    let options = ["--libraries", folder.url.appending(path: "lean").path, "--sbom", file.path]
    let outcome = try notices(checkouts, objects, options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("\nFFmpeg\n") && outcome.text.contains("Lesser General Public License"))
    #expect(!outcome.text.contains("are not contained"))

    let sbom = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    #expect(sbom["bomFormat"] as? String == "CycloneDX")
    let components = try #require(sbom["components"] as? [[String: Any]])
    let names = Set(components.compactMap { $0["name"] as? String })
    #expect(names.isSuperset(of: ["FFmpeg", "GRDB.swift", "Swift", "swift-nio-ssl"]), "\(names)")
    #expect(!names.contains("hummingbird"))
    let purls = components.compactMap { $0["purl"] as? String }
    #expect(purls.contains("pkg:deb/debian/ffmpeg@7%3A5.1.9-0%2Bdeb12u1"))
  }

  /// A scratch package, and what its notices are.
  private struct Trial: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The files in the checkouts: contents by path.
    var files: [String: String]
    /// The expected notices; `nil` if the script must fail.
    var says: String?
    /// The expected error message.
    var complaint = ""
  }

  private static let trials = [
    Trial(
      testDescription: "a licence",
      files: ["one/LICENSE.md": "Do what you like.", "one/Sources/One/One.swift": ""],
      says: "Do what you like."),
    Trial(
      testDescription: "a notice",
      files: [
        "one/COPYING": "-", "one/NOTICE.txt": "Made by Ada.", "one/Sources/One/One.swift": "",
      ], says: "Made by Ada."),
    Trial(
      testDescription: "no licence", files: ["one/README.md": "Free.", "one/Sources/One/One.swift": ""],
      complaint: "one has no licence"),
    Trial(
      testDescription: "a package that is not linked has none",
      files: [
        "one/LICENSE": "-", "one/Sources/One/One.swift": "", "two/Sources/Two/Two.swift": "",
      ], complaint: "two has no licence"),
    Trial(
      testDescription: "C code whose files say whose it is",
      files: [
        "one/LICENSE": "-",
        "one/Sources/One/a.c": "/* Copyright (c) 1999 Grace\n * Keep this notice. */\nint a;\n",
      ], says: "Copyright (c) 1999 Grace\nKeep this notice."),
    Trial(
      testDescription: "C code without a signature",
      files: ["one/LICENSE": "-", "one/Sources/One/a.c": "int a;\n"],
      complaint: "the C code of One has no licence"),
    Trial(
      testDescription: "a folder of another name",
      files: [
        "one/LICENSE": "Yes.",
        "one/lib/a.c": "// This source file is part of the One open source project, Copyright\n",
        "one/Package.swift": ".target(name: \"One\", path: \"lib\")",
      ], says: "Yes."),
    Trial(
      testDescription: "a module that no package has", files: ["one/LICENSE": "-"],
      complaint: "One is linked, and no package has it"),
  ]

  @Test(arguments: trials)
  private func whatHasNoLicenceIsNoticed(trial: Trial) throws {
    let folder = try TemporaryFolder()
    for (path, text) in trial.files { try folder.write(text, to: "checkouts/\(path)") }
    let objects = try folder.write("/tmp/.build/debug/One.build/One.swift.o\n", to: "Objects.LinkFileList")
    let outcome = try notices(folder.url.appending(path: "checkouts"), objects)
    #expect((outcome.status == 0) == (trial.says != nil), "\(outcome.errors)")
    if let words = trial.says {
      #expect(outcome.text.contains(words))
    } else {
      #expect(outcome.errors.contains(trial.complaint))
    }
  }
}

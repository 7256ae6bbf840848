import FixtureKit
import Foundation
import Testing

/// A release is used only if its checksum is correct; if there is no release, the action builds the source.
@Suite struct ActionInstallTests {
  private let scratch: TemporaryFolder
  private let name: String

  init() throws {
    scratch = try TemporaryFolder()
    let version = try Self.script("version")
    name = try "wan-check-\(version)-\(Self.script("distribution"))"
    // Substitutes for the network and the build come first in PATH.
    try tool(
      "curl",
      """
      while [ $# -gt 1 ]; do [ "$1" = --output ] && output=$2; shift; done
      cp "$SERVED/${1##*/}" "$output" 2>/dev/null || exit 22
      """)
    try tool(
      "make",
      """
      mkdir -p "${4#PREFIX=}/bin"
      printf '#!/bin/sh\\necho built\\n' > "${4#PREFIX=}/bin/wan-check"
      chmod +x "${4#PREFIX=}/bin/wan-check"
      """)
    try tool("apt-get", "exit 0")
  }

  @Test func aReleaseWithTheRightChecksumIsUsed() throws {
    try pack()
    let outcome = try install()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text == "released\n")
    let path = try String(contentsOf: scratch.url.appending(path: "path"), encoding: .utf8)
    #expect(path.hasSuffix("/installed/bin\n"))
  }

  @Test func aWrongChecksumEndsIt() throws {
    try pack()
    let archive = scratch.url.appending(path: "served/\(name).tar.gz")
    try (try Data(contentsOf: archive) + Data([0])).write(to: archive)
    let outcome = try install()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("the checksum of \(name).tar.gz is wrong"))
    #expect(!FileManager.default.fileExists(atPath: scratch.url.appending(path: "installed").path))
  }

  @Test func whereThereIsNoReleaseItIsBuilt() throws {
    #expect(try install().text.hasSuffix("built\n"))
    try scratch.write("\(String(repeating: "0", count: 64))  another.tar.gz\n", to: "served/SHA256SUMS")
    let outcome = try install()
    #expect(outcome.text.contains("has no \(name)") && outcome.text.hasSuffix("built\n"))
  }

  private func pack() throws {
    try scratch.write("#!/bin/sh\necho released\n", to: "pack/\(name)/bin/wan-check")
    try scratch.write("#!/bin/sh\n", to: "pack/\(name)/libexec/wan-check/wan-check-probe-images")
    try scratch.write(".TH\n", to: "pack/\(name)/share/man/man1/wan-check.1")
    let outcome = try Program(executable: URL(filePath: "/bin/sh")).run(
      [
        "-c",
        """
        chmod +x pack/\(name)/bin/wan-check && mkdir -p served && tar -C pack -czf served/\(name).tar.gz \(name) &&
          cd served && { sha256sum *.tar.gz || shasum -a 256 *.tar.gz; } >SHA256SUMS
        """,
      ], in: scratch.url)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  private func install() throws -> Program.Outcome {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try Program(executable: ScratchRepository.root.appending(path: ".github/action/install")).run(
      [],
      environment: [
        "PATH": "\(scratch.url.path)/tools:\(path)", "SERVED": "\(scratch.url.path)/served",
        "DESTINATION": "\(scratch.url.path)/installed", "GITHUB_PATH": "\(scratch.url.path)/path",
      ])
  }

  private func tool(_ name: String, _ text: String) throws {
    let file = try scratch.write("#!/bin/sh\n\(text)\n", to: "tools/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  private static func script(_ name: String) throws -> String {
    let outcome = try Program(executable: ScratchRepository.root.appending(path: "Scripts/\(name)")).run([])
    return outcome.text.trimmingCharacters(in: .newlines)
  }
}

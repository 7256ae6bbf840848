#if os(Linux)
  import FixtureKit
  import Foundation
  import Testing

  /// The packages of a release, made from programs that take the place of the real ones.
  @Suite struct ReleaseTests {
    private let scratch: TemporaryFolder

    init() throws {
      scratch = try TemporaryFolder()
      for program in [
        "bin/wan-check", "libexec/wan-check/wan-check-probe-images",
        "libexec/wan-check/wan-check-probe-streams",
      ] {
        let file = try scratch.write("#!/bin/sh\necho 0.1.0\n", to: "staged/\(program)")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      }
      for file in [
        "man/man1/wan-check.1", "bash-completion/completions/wan-check", "zsh/site-functions/_wan-check",
        "fish/vendor_completions.d/wan-check.fish", "doc/wan-check/THIRD-PARTY.txt", "doc/wan-check/LICENSE",
        "doc/wan-check/wan-check.cdx.json",
      ] {
        try scratch.write("-\n", to: "staged/share/\(file)")
      }
      try scratch.write("2.35\n", to: "staged/glibc")
    }

    @Test func theCommandsOfTheReleaseInstallAndRemoveIt() throws {
      try pack()
      let outcome = try shell(
        """
        cd out && sha256sum --check --quiet SHA256SUMS && tar -xzf wan-check-*.tar.gz && cd wan-check-*/
        mkdir -p ../../local
        commands() {
          awk -v title="## $1" '/^## / { on = $0 == title } on && /^    / { sub(/^ +/, ""); print }' README.md |
            sed 's|/usr/local|../../local|; s/sudo //g'
        }
        commands 'To install it' >../install
        commands 'To remove it' >../remove
        sh -e ../install && ../../local/bin/wan-check && ls ../../local/libexec/wan-check
        sh -e ../remove && find ../../local -type f
        """)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text == "0.1.0\nwan-check-probe-images\nwan-check-probe-streams\n")
    }

    @Test func theDebianPackageHasTheSameFilesWhereDebianHasThem() throws {
      try pack()
      let outcome = try shell(
        "dpkg-deb --field out/*.deb Depends && dpkg-deb -x out/*.deb deb && cd deb && find usr -type f | LC_ALL=C sort"
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.text == """
          libc6 (>= 2.35), libgcc-s1
          usr/bin/wan-check
          usr/libexec/wan-check/wan-check-probe-images
          usr/libexec/wan-check/wan-check-probe-streams
          usr/share/bash-completion/completions/wan-check
          usr/share/doc/wan-check/LICENSE
          usr/share/doc/wan-check/copyright
          usr/share/doc/wan-check/wan-check.cdx.json
          usr/share/fish/vendor_completions.d/wan-check.fish
          usr/share/man/man1/wan-check.1.gz
          usr/share/zsh/vendor-completions/_wan-check

          """)
    }

    @Test func theSameFilesMakeTheSameBytes() throws {
      try pack()
      let first = try shell("cat out/SHA256SUMS").text
      _ = try shell("find staged -exec touch -d 2001-01-01 {} + && chmod -R g+w staged && rm -r out")
      try pack()
      #expect(try shell("cat out/SHA256SUMS").text == first)
    }

    /// A program that needs more than the C library is refused, by name of the library.
    @Test func aProgramThatNeedsAnotherLibraryIsRefused() throws {
      let check = Self.root.appending(path: "Scripts/check-static")
      let alone = try Program(executable: check).run(["/bin/true"])
      #expect(alone.status == 0 && alone.text.hasPrefix("2."), "\(alone.errors)")
      let other = try Program(executable: check).run(["/bin/true", Program.wanCheck.executable.path])
      #expect(other.status == 1 && other.errors.contains("needs libsqlite3"), "\(other.errors)")
    }

    private static let root = Fixture.root.deletingLastPathComponent()

    private func pack() throws {
      let outcome = try Program(executable: Self.root.appending(path: "Scripts/dist")).run(
        ["staged", "out"], in: scratch.url)
      try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private func shell(_ text: String) throws -> Program.Outcome {
      try Program(executable: URL(filePath: "/bin/sh")).run(["-c", text], in: scratch.url)
    }
  }
#endif

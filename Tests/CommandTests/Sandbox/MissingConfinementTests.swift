import FixtureKit
import Foundation
import Testing

/// On a system that cannot confine workers, a message and the report say so, and an option refuses to run.
@Suite struct MissingConfinementTests {
  private static let image = Fixture("accept/image/png-gray-8.png").url.path

  #if os(Linux)
    /// A Python launcher that makes these system calls fail, as a container's profile or an old kernel does.
    private static let launcher = """
      import ctypes, os, struct, sys, platform
      numbers = {"seccomp": [317 if platform.machine() == "x86_64" else 277], "landlock": [444, 445, 446]}
      prctl = 157 if platform.machine() == "x86_64" else 167
      load = lambda offset: struct.pack("HBBI", 0x20, 0, 0, offset)
      equal = lambda value, yes, no: struct.pack("HBBI", 0x15, yes, no, value)
      answer = lambda value: struct.pack("HBBI", 0x06, 0, 0, value)
      allow, refuse = 0x7FFF0000, 0x00050000 | 1
      program = [load(0)]
      for name in sys.argv[1].split(","):
          for number in numbers.get(name, []):
              program += [equal(number, 0, 1), answer(0x00050000 | (38 if name == "landlock" else 1))]
          if name in ("seccomp", "nnp"):
              program += [equal(prctl, 0, 4), load(16), equal(22 if name == "seccomp" else 38, 0, 1), answer(refuse), load(0)]
      program.append(answer(allow))
      text = b"".join(program)
      buffer = ctypes.create_string_buffer(text, len(text))
      libc = ctypes.CDLL(None, use_errno=True)
      filter = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
      if os.getuid() != 0:
          assert libc.prctl(38, 1, 0, 0, 0) == 0
      assert libc.prctl(22, 2, filter, 0, 0) == 0, ctypes.get_errno()
      os.execv(sys.argv[2], sys.argv[2:])
      """

    private func run(without names: String, _ arguments: [String]) throws -> Program.Outcome {
      let python = try #require(Program(named: "python3"))
      return try python.run(["-c", Self.launcher, names, Program.wanCheck.executable.path] + arguments)
    }

    private static func confinement(_ outcome: Program.Outcome) throws -> [String] {
      let report = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      return try #require(report?["confinement"] as? [String])
    }

    @Test(arguments: [
      ("landlock", false), ("seccomp", true), ("seccomp,landlock", true), ("seccomp,landlock,nnp", true),
    ])
    func itIsSaidOnceAndCanBeRefused(_ names: String, _ isLacking: Bool) throws {
      let outcome = try run(without: names, ["--format", "json", Self.image, Self.image])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let words = "warning: the system cannot confine the processes that read assets"
      #expect(outcome.errors.components(separatedBy: words).count == (isLacking ? 2 : 1), "\(outcome.errors)")
      #expect(try Self.confinement(outcome).contains("seccomp") == !isLacking)
      let refused = try run(without: names, ["--require-sandbox", Self.image])
      #expect(refused.status == (isLacking ? 4 : 0), "\(refused.errors)")
      #expect(refused.text.isEmpty == isLacking)
    }
  #endif

  @Test func theReportSaysWhatConfines() throws {
    let outcome = try Program.wanCheck.run(["--format", "json", Self.image])
    let report = try #require(
      try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    let names = try #require(report["confinement"] as? [String])
    #expect(names == names.sorted())
    #expect(!names.isEmpty)
    let bare = try Program.wanCheck.run(["--no-sandbox", "--format", "json", Self.image])
    #expect(bare.text.contains(#""confinement": []"#))
  }

  @Test func bothAtOnceMakeNoSense() throws {
    #expect(try Program.wanCheck.run(["--no-sandbox", "--require-sandbox", Self.image]).status == 2)
  }
}

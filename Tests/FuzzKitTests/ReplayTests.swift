import FixtureKit
import Foundation
import FuzzKit
import Testing

/// Every input that fuzzing found worth keeping, and every finding: none of it breaks anything again.
struct ReplayTests {
  /// The kept inputs, one folder a target.
  private static let corpus = Fixture.root.deletingLastPathComponent().appending(path: "Fuzzing/Corpus")
  /// The findings, one folder a target; each is explained in the README beside them.
  private static let findings = Fixture.root.appending(path: "fuzz")

  private static func inputs(of name: String, in folder: URL) throws -> [URL] {
    let folder = folder.appending(path: name)
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
  }

  @Test(arguments: FuzzTarget.all)
  func keptInputsBreakNothing(_ target: FuzzTarget) async throws {
    let inputs = try Self.inputs(of: target.name, in: Self.corpus)
    #expect(!inputs.isEmpty, "no inputs are kept: make fuzz-corpus TARGET=\(target)")
    for input in inputs { try await replay(input, target) }
  }

  @Test(arguments: FuzzTarget.all)
  func findingsAreMended(_ target: FuzzTarget) async throws {
    for input in try Self.inputs(of: target.name, in: Self.findings) { try await replay(input, target) }
  }

  @Test(arguments: FuzzTarget.all)
  func noBytesAtAllBreakNothing(_ target: FuzzTarget) async {
    if case .broken(let what) = await Self.outcome(of: [], target) { Issue.record("\(what)") }
  }

  @Test func everyFolderBelongsToATarget() throws {
    for folder in [Self.corpus, Self.findings] {
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in entries where !name.hasSuffix(".md") {
        #expect(FuzzTarget.named(name) != nil, "\(folder.lastPathComponent)/\(name)")
      }
    }
  }

  /// Else `make fuzz` would stop before that target.
  @Test func everyTargetHasSeeds() throws {
    let seeds = try #require(Program(named: "python3"))
    let folder = try TemporaryFolder()
    let script = Fixture.root.deletingLastPathComponent().appending(path: "Fuzzing/seeds")
    let outcome = try seeds.run([script.path, folder.url.path] + FuzzTarget.all.map(\.name))
    #expect(outcome.status == 0, "\(outcome.errors)")
    for target in FuzzTarget.all {
      #expect(try !Self.inputs(of: target.name, in: folder.url).isEmpty, "\(target)")
    }
  }

  private func replay(_ input: URL, _ target: FuzzTarget) async throws {
    let bytes = [UInt8](try Data(contentsOf: input))
    if case .broken(let what) = await Self.outcome(of: bytes, target) {
      Issue.record("\(target)/\(input.lastPathComponent): \(what)")
    }
  }

  /// A target waits for what it starts, and so may not run on a thread that others need.
  private static func outcome(of bytes: [UInt8], _ target: FuzzTarget) async -> FuzzTarget.Outcome {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: target.run(bytes)) }
    }
  }
}

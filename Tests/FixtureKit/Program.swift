public import Foundation

/// A program that a test runs to its end.
public struct Program: Sendable {
  /// The executable.
  public let executable: URL

  /// What a run came to.
  public struct Outcome: Sendable {
    /// The exit code, or the number of the signal that ended it, negated.
    public let status: Int32
    /// Standard output as it came.
    public let output: Data
    /// Standard error as text.
    public let errors: String

    /// Standard output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The wan-check that was built together with the tests.
  public static let wanCheck = Program(
    executable: URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
      path: "wan-check"))

  /// The program at `executable`.
  public init(executable: URL) { self.executable = executable }

  /// The first program of that name on the PATH; `nil` if there is none.
  public init?(named name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    executable = URL(filePath: found)
  }

  /// Runs it with `arguments`; `input` is its standard input, and `environment` is added to ours.
  public func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil
  ) throws -> Outcome {
    // Files instead of pipes: nothing can block, whatever is written in whatever order.
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "wan-check-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
    for file in files { try (file == files[0] ? input : Data()).write(to: file) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.runWithoutBlockedSignals()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Outcome(
      status: status, output: try Data(contentsOf: files[1]),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

import Foundation
import ProbeWorkers
import SystemPackage

extension WorkerPrograms {
  /// The workers that belong to this program: beside it, or where an installation has them, and nowhere else.
  static var installed: WorkerPrograms {
    let program = FilePath(Bundle.main.executablePath ?? CommandLine.arguments[0])
    let folder = program.removingLastComponent()
    let candidates = [folder, folder.appending("../libexec/wan-check").lexicallyNormalized()]
      .map(WorkerPrograms.init(folder:))
    return candidates.first { $0.missing == nil } ?? candidates[0]
  }

  /// The first program that is not there, or that may not be run.
  var missing: FilePath? {
    [images, streams].first { !FileManager.default.isExecutableFile(atPath: $0.string) }
  }

  /// The workers that belong to this program, without which nothing can be checked.
  static func required() throws -> WorkerPrograms {
    let programs = installed
    guard let missing = programs.missing else { return programs }
    StandardStream.error.writeLine(
      "wan-check: \(missing) is missing, which reads the bytes of assets in its place; install wan-check again"
    )
    throw ExitStatus.internalError
  }
}

import Foundation
import ProbeWorkers
import SystemPackage
import WanCheck

extension WorkerPrograms {
  /// The workers of this program. They are next to it or in the folder of an installation, and
  /// are searched nowhere else.
  static var installed: WorkerPrograms {
    let folder = program.removingLastComponent()
    let candidates = [folder, folder.appending("../libexec/wan-check").lexicallyNormalized()]
      .map(WorkerPrograms.init(folder:))
    return candidates.first { $0.missing == nil } ?? candidates[0]
  }

  /// The path of this program; without `/proc`, only the name with which it was called is known.
  private static var program: FilePath {
    #if os(Linux)
      // Foundation's `Bundle.main` traps if this link cannot be read.
      let link = FilePath("/proc/self/exe")
      let real = FilePlace.followed(link)
      if real != link { return real }
    #else
      if let path = Bundle.main.executablePath { return FilePath(path) }
    #endif
    let called = ProgramArguments.program
    if called.contains("/") { return FilePlace.followed(FilePath(called)) }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/\(called)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    return FilePlace.followed(FilePath(found ?? called))
  }

  /// The first program that does not exist or is not executable.
  var missing: FilePath? {
    [images, streams].first { !FileManager.default.isExecutableFile(atPath: $0.string) }
  }

  /// The workers of this program, which every check needs.
  static func required() throws -> WorkerPrograms {
    let programs = installed
    guard let missing = programs.missing else { return programs }
    StandardStream.error.writeLine(
      "wan-check: \(missing) is missing, which reads the bytes of assets in its place; install wan-check again"
    )
    throw ExitStatus.internalError
  }
}

extension ImageMagickProgram {
  /// The name of ImageMagick's program, according to the folders in PATH.
  static var installed: ImageMagickProgram {
    .preferred { RepairPrograms.path(of: $0) != nil }
  }
}

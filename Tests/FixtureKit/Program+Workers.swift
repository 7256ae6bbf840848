public import Foundation

extension Program {
  /// The names that wan-check finds its workers by.
  public static let workerNames = ["wan-check-probe-images", "wan-check-probe-streams"]

  /// A wan-check in a new folder `bin` in `folder`, where each of its workers is the built program `worker`; without that
  /// it has none.
  public static func wanCheck(in folder: URL, workersAre worker: String?) throws -> Program {
    let built = wanCheck.executable.deletingLastPathComponent()
    let place = folder.appending(path: "bin")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let program = Program(executable: place.appending(path: "wan-check"))
    do {
      // Of a copy, a program that another test starts meanwhile may hold a descriptor, and it would be busy.
      try FileManager.default.linkItem(at: wanCheck.executable, to: program.executable)
    } catch {
      try FileManager.default.copyItem(at: wanCheck.executable, to: program.executable)
    }
    for name in workerNames {
      guard let worker else { continue }
      try FileManager.default.createSymbolicLink(
        at: place.appending(path: name), withDestinationURL: built.appending(path: worker))
    }
    return program
  }

  /// The program of that name beside this one.
  public func sibling(_ name: String) -> URL {
    executable.deletingLastPathComponent().appending(path: name)
  }
}

import Locations
import NIOPosix
import SystemPackage
import WanCheck

/// What was done, in words. What is left to do is in the findings of the copies.
struct FixReport: Sendable {
  /// One line for each repaired copy and for what was not repaired, then a summary.
  private(set) var lines: [String] = []
  /// Files that could not be written.
  private(set) var failures: [String] = []

  /// Puts the copies and job files of `plan` into the folder.
  init(placing plan: FixPlan, _ repairing: Repairing, _ folder: FixFolder) async throws {
    var (repaired, copied) = (0, 0)
    for (index, copy) in plan.copies.enumerated() {
      let source = copy.asset.source
      if let step = copy.asset.steps.last {
        if await place(step.output, copy.target, folder) {
          repaired += 1
          let programs = copy.asset.steps.map(\.command.executable).joined(separator: ", ")
          let notes = copy.asset.steps.compactMap(\.fix.note).map { "; \($0)" }.joined()
          let kinds = copy.asset.steps.map(\.fix.applicability.rawValue)
          let effect = kinds.contains("changes-content") ? "changes-content" : kinds.max() ?? ""
          lines.append(
            "repaired \(displayText(folder.path.pushing(copy.target))) (\(programs); \(effect)\(notes))")
        }
      } else {
        let name = "copy-\(index)"
        copied += await place(name, copy.target, folder) { try folder.stage(source, as: name) } ? 1 : 0
      }
      try Task.checkCancellation()
    }
    for (index, file) in plan.jobFiles.enumerated() {
      let name = "jobs-\(index)"
      _ = await place(name, file.target, folder) {
        if let bytes = file.bytes {
          try folder.stage(bytes, as: name)
        } else {
          try folder.stage(file.source, as: name)
        }
      }
    }
    lines += plan.unchanged.map(Self.unchanged)
    for program in repairing.missing {
      lines.append(
        "`\(program)` is not installed; it is needed to repair some assets, which were copied as they are")
    }
    lines += repairing.failures
    let jobs = plan.jobFiles.count
    lines.append(
      "\(repaired) repaired, \(copied) copied"
        + (jobs > 0 ? ", \(jobs) job file\(jobs == 1 ? "" : "s") written" : ""))
  }

  /// The line about a job file that could not be rewritten.
  static func unchanged(_ path: FilePath) -> String {
    "\(displayText(path)): the paths in the job file could not be replaced; it was copied as it is"
  }

  /// Prepares a staged file on a thread that may block, and moves it to its place.
  private mutating func place(
    _ name: String, _ target: FilePath, _ folder: FixFolder,
    preparing: @escaping @Sendable () throws -> Void = {}
  ) async -> Bool {
    do {
      try await NIOThreadPool.singleton.runIfActive {
        try preparing()
        try folder.place(name, at: target)
      }
      return true
    } catch {
      failures.append("\(displayText(folder.path.pushing(target))) was not written: \(error)")
      return false
    }
  }
}

import AssetOpening
import Locations
import Synchronization
import SystemPackage
import WanCheck

/// An asset in a file with the commands that repair it.
struct RepairedAsset: Sendable {
  /// One command that was run, or that a script is to run.
  struct Step: Sendable {
    var fix: Fix
    var command: RepairCommand
    /// The names of what it reads and writes in the hidden folder.
    var input: String
    var output: String
  }

  /// The path to open; absolute.
  var source: FilePath
  /// The path as it was named, absolute, without `.` and `..`.
  var name: FilePath
  /// The commands, each of which reads what the one before it wrote.
  var steps: [Step] = []

  /// What tells apart the copies of one run.
  var key: RepairKey { RepairKey(source: name, steps: steps.map(\.output)) }
}

/// The source of a copy, and what was done to it.
struct RepairKey: Hashable, Sendable {
  var source: FilePath
  var steps: [String]
}

/// Checks assets and runs the commands of their findings, at most three times for each.
///
/// A command that several jobs need is run once.
final class Repairing: Sendable {
  static let rounds = 3

  private struct CommandKey: Hashable {
    var source: FilePath
    var executable: String
    var arguments: [[UInt8]]
  }

  private struct State {
    var runs: [CommandKey: Task<RepairedAsset.Step, any Error>] = [:]
    var count = 0
    var missing: Set<String> = []
    var failures: [String] = []
  }

  let preflight: Preflight
  private let programs: RepairPrograms
  private let folder: FixFolder
  private let workingFolder: FilePath
  private let isDryRun: Bool
  private let state = Mutex(State())

  init(
    _ preflight: Preflight, _ programs: RepairPrograms, _ folder: FixFolder, workingFolder: FilePath,
    isDryRun: Bool
  ) {
    (self.preflight, self.programs, self.folder) = (preflight, programs, folder)
    (self.workingFolder, self.isDryRun) = (workingFolder, isDryRun)
  }

  /// The programs that were needed and are not installed.
  var missing: [String] { state.withLock { $0.missing.sorted() } }
  /// What failed, in words.
  var failures: [String] { state.withLock { $0.failures.sorted() } }

  /// The copy of a bare asset; `nil` if its bytes could not be read, or a file of a folder is not media.
  func repaired(_ reference: AssetReference, isCandidate: Bool) async throws -> RepairedAsset? {
    guard let path = reference.location.path else { return nil }
    var asset = RepairedAsset(
      source: workingFolder.pushing(path), name: workingFolder.pushing(path).lexicallyNormalized())
    var current = reference
    for round in 0..<Self.rounds {
      let result = try await preflight.check(current)
      if round == 0 {
        guard let first = result.assets.first, first.size != nil else { return nil }
        guard !isCandidate || result.isMedia(reference) else { return nil }
        current.role = reference.role ?? first.role
      }
      guard let fix = result.fix(for: nil), try await run(fix, on: &asset), !isDryRun else { break }
      current = AssetReference(AssetLocation(path: file(of: asset)), role: current.role)
    }
    return asset
  }

  /// The copies of a job's assets that are files.
  func repaired(_ job: Job) async throws -> [Role: RepairedAsset] {
    var assets: [Role: RepairedAsset] = [:]
    var current = job
    for round in 0..<Self.rounds {
      let result = try await preflight.check(current).result
      if round == 0 { assets = readable(job, result) }
      var isChanged = false
      for role in assets.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
        guard let fix = result.fix(for: role), var asset = assets[role] else { continue }
        if try await run(fix, on: &asset) {
          isChanged = true
          assets[role] = asset
        }
      }
      if !isChanged || isDryRun { break }
      current = job.naming(
        assets.filter { !$0.value.steps.isEmpty }.mapValues { file(of: $0).string })
    }
    return assets
  }

  /// The path of the last file that was written for an asset, or of the asset itself.
  func file(of asset: RepairedAsset) -> FilePath {
    asset.steps.last.map { folder.staging.appending($0.output) } ?? asset.source
  }

  /// The assets of a job that are files and could be read, which leaves out those that the job may not name.
  private func readable(_ job: Job, _ result: CheckResult) -> [Role: RepairedAsset] {
    var assets: [Role: RepairedAsset] = [:]
    for reference in job.assetReferences {
      guard let role = reference.role, let path = reference.location.path,
        result.assets.contains(where: { $0.role == role && $0.size != nil && $0.localCopy == nil })
      else { continue }
      let full = (job.folder.map { workingFolder.pushing(FilePath($0)) } ?? workingFolder).pushing(path)
      guard let place = try? PathConfinement(base: workingFolder, folders: []).place(full) else { continue }
      assets[role] = RepairedAsset(source: place.path, name: full.lexicallyNormalized())
    }
    return assets
  }

  // MARK: Commands

  /// Runs the command of a fix on the last file of `asset`, and adds it to the steps; `false` if that failed.
  private func run(_ fix: Fix, on asset: inout RepairedAsset) async throws -> Bool {
    guard let command = fix.command else { return false }
    let source = file(of: asset)
    let key = CommandKey(
      source: source, executable: command.executable, arguments: command.arguments(input: [0], output: [1]))
    let task = state.withLock { state in
      if let task = state.runs[key] { return task }
      state.count += 1
      let step = RepairedAsset.Step(
        fix: fix, command: command, input: "\(state.count)-in\(Self.plainExtension(of: source))",
        output: "\(state.count)-out.\(command.suffix)")
      let task = Task {
        if !self.isDryRun { try await self.run(step, on: source) }
        return step
      }
      state.runs[key] = task
      return task
    }
    let name = displayText(asset.name)
    do {
      asset.steps.append(try await task.value)
      return true
    } catch let failure as RepairPrograms.Failure {
      state.withLock { state in
        switch failure {
        case .missing(let program): state.missing.insert(program)
        case .failed(let reason): state.failures.append("\(name): \(command.executable) failed: \(reason)")
        }
      }
      return false
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      state.withLock { $0.failures.append("\(name): \(command.executable) was not run: \(error)") }
      return false
    }
  }

  /// Runs the command of a step. The program reads a link with a plain name, so that no name is taken for an option,
  /// a pattern or a protocol.
  private func run(_ step: RepairedAsset.Step, on source: FilePath) async throws {
    let (input, output) = (FilePath(step.input), FilePath(step.output))
    try folder.link(source, as: step.input)
    let errors = FilePath("\(step.input).log")
    let status = try await programs.status(
      of: RepairPrograms.Run(
        executable: step.command.executable,
        arguments: step.command.arguments(
          input: Self.anchored(step.input), output: Self.anchored(step.output)),
        folder: folder.staging, input: step.command.readsStandardInput ? input : nil,
        output: step.command.writesStandardOutput ? output : nil, errors: errors))
    guard status == 0 || step.command.tolerableStatus.map({ Int32($0) == status }) ?? false else {
      let line = folder.lastLine(of: errors).map { ": \(displayText($0))" } ?? ""
      throw RepairPrograms.Failure.failed("exit status \(status)\(line)")
    }
  }

  /// A name in the hidden folder, as programs get it.
  static func anchored(_ name: String) -> [UInt8] { Array("./\(name)".utf8) }

  /// The extension of a path, if no program could misunderstand it.
  private static func plainExtension(of path: FilePath) -> String {
    guard let suffix = path.extension, (1...8).contains(suffix.utf8.count),
      suffix.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) })
    else { return "" }
    return ".\(suffix)"
  }
}

extension CheckResult {
  /// The command that repairs the asset of a role, or a bare asset; `nil` if no finding needs one, or all of these findings
  /// are ignored by the configuration.
  fileprivate func fix(for role: Role?) -> Fix? {
    findings.first { finding in
      finding.fix?.command != nil && !finding.suppressed && (role == nil || finding.repairedRole == role)
    }?.fix
  }
}

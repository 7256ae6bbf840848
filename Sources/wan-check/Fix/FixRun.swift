import JobDocuments
import Locations
import NIOPosix
import SystemPackage
import WanCheck

/// Repairs the assets of all inputs, and puts the copies and the rewritten job files into a folder.
struct FixRun {
  /// An input with what is known of it.
  enum Entry: Sendable {
    /// An asset by itself, and its copy if there is one.
    case asset(InputName, RepairedAsset?)
    /// A file of a folder that is not media.
    case other
    /// A job file, and the copies of the assets of each job.
    case jobs(FilePath, JobFileText?, [[Role: RepairedAsset]])
    case misuse(String)
  }

  /// Larger job files are not rewritten.
  private static let longestJobFile = 64 << 20

  let settings: Settings
  let repairing: Repairing
  let workingFolder: FilePath
  let concurrency: Int

  /// Reads and repairs every input; the entries have the order of the inputs.
  func entries(_ inputs: InputReader) async throws -> [Entry] {
    try await withThrowingTaskGroup(of: (Int, Entry).self) { group in
      var entries: [Entry?] = []
      var running = 0
      var lastJobs: FilePath?
      func take() async throws {
        guard let (index, entry) = try await group.next() else { return }
        entries[index] = entry
        running -= 1
      }
      while let item = try await inputs.next()?.item {
        if case .job(let job) = item, let path = job.path, path == lastJobs { continue }
        if running >= concurrency { try await take() }
        if case .job(let job) = item { lastJobs = job.path } else { lastJobs = nil }
        let index = entries.count
        entries.append(nil)
        running += 1
        group.addTask { (index, try await entry(item)) }
      }
      while running > 0 { try await take() }
      return entries.compactMap(\.self)
    }
  }

  private func entry(_ item: InputItem) async throws -> Entry {
    switch item {
    case .misuse(let message): return .misuse(message)
    case .asset(let reference):
      let name = reference.location.path.map { InputName.path($0) } ?? .text(reference.text)
      return .asset(name, try await repairing.repaired(reference, isCandidate: false))
    case .candidate(let reference):
      guard let path = reference.location.path,
        let asset = try await repairing.repaired(reference, isCandidate: true)
      else { return .other }
      return .asset(.path(path), asset)
    case .job(let job):
      guard let path = job.path, let format = JobDocumentFormat(fileName: path.string) else {
        return .misuse("jobs on standard input cannot be rewritten; give a job file")
      }
      guard let text = try await text(of: path, format: format, job) else { return .jobs(path, nil, []) }
      var assets: [[Role: RepairedAsset]] = []
      for job in text.jobs { assets.append(try await repairing.repaired(job)) }
      return .jobs(path, text, assets)
    }
  }

  private func text(of path: FilePath, format: JobDocumentFormat, _ job: Job) async throws -> JobFileText? {
    let (bounds, profile) = (DocumentBounds.ofFiles(timeout: settings.options.timeout), settings.profile)
    return try await NIOThreadPool.singleton.runIfActive {
      guard let bytes = try? BoundedFile.bytes(of: path, limit: Self.longestJobFile) else { return nil }
      return JobFileText(
        bytes, format: format, file: job.file ?? "", folder: job.folder ?? ".", bounds: bounds,
        profile: profile)
    }
  }
}

/// What goes where in the folder: decided after everything was repaired, in the order of the inputs.
struct FixPlan {
  /// A copy of an asset.
  struct Copy {
    var asset: RepairedAsset
    var target: FilePath
  }

  /// A job file.
  struct JobFile {
    var source: FilePath
    var target: FilePath
    /// The bytes to write; `nil`: those of the source.
    var bytes: [UInt8]?
  }

  private(set) var copies: [Copy] = []
  private(set) var jobFiles: [JobFile] = []
  /// What is checked in the end.
  private(set) var results: [InputName] = []
  private(set) var misuse: [String] = []
  /// Job files that could not be rewritten.
  private(set) var unchanged: [FilePath] = []

  /// The plan for `entries`; `names` are the inputs as they were given, and `folder` is where copies go.
  init(_ entries: [FixRun.Entry], names: [InputName], folder: FilePath, workingFolder: FilePath) {
    func absolute(_ path: FilePath) -> FilePath { workingFolder.pushing(path).lexicallyNormalized() }
    var sources: [FilePath] = []
    for entry in entries {
      switch entry {
      case .asset(_, let asset?): sources.append(asset.name)
      case .jobs(let path, _, let assets):
        sources.append(absolute(path))
        sources += assets.flatMap { $0.values.map(\.name) }
      case .asset, .other, .misuse: break
      }
    }
    let folders = names.filter { $0 != .standardInput }.map(\.path)
      .filter { FileKind(at: $0) == .folder }.map(absolute)
    var paths = FixPaths(sources: sources, folders: folders)
    var targets: [RepairKey: FilePath] = [:]
    var used: Set<FilePath> = []
    var planned: [Copy] = []

    func target(of asset: RepairedAsset) -> FilePath {
      if let known = targets[asset.key] { return known }
      let own = paths.relative(asset.name)
      let target =
        if let last = asset.steps.last {
          paths.repaired(asset.name, suffix: last.command.suffix, isOwnTaken: used.contains(own))
        } else if used.contains(own) {
          paths.repaired(asset.name, suffix: own.extension ?? "bin", isOwnTaken: true)
        } else {
          own
        }
      targets[asset.key] = target
      used.insert(target)
      planned.append(Copy(asset: asset, target: target))
      return target
    }

    for entry in entries {
      switch entry {
      case .misuse(let message): misuse.append(message)
      case .other: break
      case .asset(let name, nil): results.append(name)
      case .asset(_, let asset?): results.append(.path(folder.pushing(target(of: asset))))
      case .jobs(let path, let text, let assets):
        let own = paths.relative(absolute(path))
        if !used.insert(own).inserted { continue }
        let bytes = text.flatMap { text in
          text.replacing(
            zip(text.jobs, assets).map { job, assets in
              job.changes(assets.mapValues { FixPaths.path(from: own, to: target(of: $0)) })
            })
        }
        if bytes == nil { unchanged.append(path) }
        jobFiles.append(JobFile(source: absolute(path), target: own, bytes: bytes))
        results.append(.path(folder.pushing(own)))
      }
    }
    copies = planned
  }
}

extension Job {
  /// The texts of those paths that are not what the job says already.
  fileprivate func changes(_ paths: [Role: FilePath]) -> [Role: String] {
    var changes: [Role: String] = [:]
    for reference in assetReferences {
      guard let role = reference.role, let path = paths[role],
        FilePath(reference.text).lexicallyNormalized() != path
      else { continue }
      // A name with a colon would be taken for a URL.
      let text = path.string
      changes[role] = AssetLocation(text).path == path ? text : "./\(text)"
    }
    return changes
  }
}

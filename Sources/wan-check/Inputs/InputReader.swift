import NIOPosix
import Synchronization
import WanCheck
import WanReport

/// One item to check.
enum InputItem: Sendable {
  case job(Job)
  /// An asset from the command line, a list or a line of a job file.
  case asset(AssetReference)
  /// A file that was found in a folder; it is an asset if it is media.
  case candidate(AssetReference)
  /// An argument that is not a valid input; the other inputs are still checked.
  case misuse(String)
}

/// Returns inputs one at a time, each with its number in the run. Files and folders are read on threads that may block.
final class InputReader: Sendable {
  private let expansion: Mutex<InputExpansion>
  private let interruption: InputInterruption
  private let shard: Shard
  private let triage: Preflight?
  private let read = Mutex(0)

  /// The inputs of `expansion` that belong to `shard`. `triage` examines whether a file is media if its name does not say
  /// so; without it, every file of a folder is an input.
  init(_ expansion: sending InputExpansion, shard: Shard = .whole, triage: Preflight? = nil) {
    interruption = expansion.interruption
    self.expansion = Mutex(expansion)
    self.shard = shard
    self.triage = triage
  }

  /// The number of inputs so far, those of other shards included.
  var count: Int { read.withLock { $0 } }

  /// The next input and its number; `nil` at the end. What is not a valid input has no number.
  func next() async throws -> (index: Int?, item: InputItem)? {
    while let item = try await nextItem() {
      if case .misuse = item { return (nil, item) }
      if case .candidate(let reference) = item, try await !isMedia(reference) { continue }
      let index = read.withLock { count in
        defer { count += 1 }
        return count
      }
      if shard.contains(index) { return (index, item) }
    }
    return nil
  }

  private func nextItem() async throws -> InputItem? {
    try Task.checkCancellation()
    let item = try await withTaskCancellationHandler {
      try await NIOThreadPool.singleton.runIfActive { [self] in
        expansion.withLock { $0.next() }
      }
    } onCancel: {
      interruption.interrupt()
    }
    // What an interrupted read returned is not an input.
    try Task.checkCancellation()
    return item
  }

  /// Whether a file that was found in a folder is an input: it is media by name or by content, or cannot be read.
  private func isMedia(_ reference: AssetReference) async throws -> Bool {
    guard let triage, reference.role == nil, !reference.isNamedLikeMedia else { return true }
    let asset = try await triage.check(reference).assets.first
    return asset.map { $0.role != nil || ($0.facts == nil && $0.size == nil) } ?? false
  }
}

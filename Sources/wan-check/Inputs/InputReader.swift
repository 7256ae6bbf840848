import NIOPosix
import Synchronization
import WanCheck

/// One item to check.
enum InputItem: Sendable {
  case job(Job)
  /// An asset from the command line or a list.
  case asset(AssetReference)
  /// A file that was found in a folder; it is an asset if it is media.
  case candidate(AssetReference)
  /// An argument that is not a valid input; the other inputs are still checked.
  case misuse(String)
}

/// Returns inputs one at a time. Files and folders are read on threads that may block.
final class InputReader: Sendable {
  private let expansion: Mutex<InputExpansion>

  init(_ expansion: sending InputExpansion) {
    self.expansion = Mutex(expansion)
  }

  /// The next input; `nil` at the end.
  func next() async throws -> InputItem? {
    try Task.checkCancellation()
    return try await NIOThreadPool.singleton.runIfActive { [self] in
      expansion.withLock { $0.next() }
    }
  }
}

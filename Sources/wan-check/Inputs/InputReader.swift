import NIOPosix
import Synchronization
import WanCheck

/// One thing to check.
enum InputItem: Sendable {
  case job(Job)
  /// An asset that was named.
  case asset(AssetReference)
  /// A file that was found in a folder: an asset if it is media.
  case candidate(AssetReference)
  /// An input that is none; the others go on.
  case misuse(String)
}

/// Hands out inputs one at a time; reading files and folders blocks threads that may block.
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

public import AssetOpening
import Crypto
public import Locations
import MediaFacts
import NIOPosix
import SystemPackage

/// Opens local files, and nothing else.
public struct LocalAssetOpener: AssetOpener {
  private let threads: NIOThreadPool

  /// An opener. It blocks only its own threads, never those of Swift's cooperative pool.
  public init() {
    threads = .singleton
  }

  /// Opens the file at a path; relative paths start at the process's working folder.
  /// - Throws: `AssetError`; of code `offline` for a URL.
  public func open(
    _ location: AssetLocation, _ request: OpenRequest
  ) async throws(AssetError) -> OpenedAsset {
    let path: FilePath
    switch location.kind {
    case .url:
      throw AssetError(.offline, message: "the asset is remote, and fetching is switched off")
    case .unreadableURL:
      throw AssetError(.badLocation, message: location.problems.first?.message ?? "this is not a URL")
    case .path(let given):
      guard !location.text.utf8.contains(0) else {
        throw AssetError(.badLocation, message: "the path contains a NUL character")
      }
      path = given
    }
    let source = try await onThread { () throws(AssetError) in try FileByteSource(path) }
    return OpenedAsset(source: source) { await conclude(source, request) }
  }

  private func conclude(_ source: FileByteSource, _ request: OpenRequest) async -> AssetConclusion {
    await withTaskCancellationHandler {
      do throws(AssetError) {
        let digest = try await onThread { () throws(AssetError) in
          try Self.digestUnchanged(source, limit: request.digestLimit)
        }
        return AssetConclusion(sha256: digest)
      } catch {
        return AssetConclusion(failure: error)
      }
    } onCancel: {
      source.cancel()
    }
  }

  private static func digestUnchanged(_ source: FileByteSource, limit: Int64?) throws(AssetError) -> String? {
    var digest: String?
    if let limit, source.size <= limit {
      do {
        digest = try StreamDigest.sha256(of: source, length: source.size)
      } catch {
        throw AssetError(error)
      }
    }
    try source.checkUnchanged()
    return digest
  }

  /// Runs blocking work on a thread that may block.
  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws(AssetError) -> Value
  ) async throws(AssetError) -> Value {
    let result: Result<Value, AssetError>
    do {
      result = try await threads.runIfActive { Result(catching: work) }
    } catch {
      throw AssetError(.cancelled, message: "the check was cancelled")
    }
    return try result.get()
  }
}

/// SHA-256 in one pass from the first byte to the last.
enum StreamDigest {
  private static let bufferSize = 1 << 20

  /// The digest of the first `length` bytes, in lower-case hexadecimal digits.
  ///
  /// Blocks; ends early when the source is cancelled, as any read does.
  static func sha256(of source: any ByteSource, length: Int64) throws(ByteSourceError) -> String {
    let size = max(1, Int(clamping: min(length, Int64(bufferSize))))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    var hash = SHA256()
    var position: Int64 = 0
    while position < length {
      let wanted = Int(clamping: min(length - position, Int64(buffer.count)))
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      let count = try source.read(at: position, into: part)
      guard count > 0 else {
        throw ByteSourceError(.changed, message: "the bytes end before byte \(length)")
      }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: part[..<count]))
      position += Int64(count)
    }
    return hash.finalize().hexadecimal
  }
}

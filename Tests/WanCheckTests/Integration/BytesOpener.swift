import AssetOpening
import AssetSource
import Foundation
import Locations
import MediaFacts
import MediaProbe
import WanCheck

/// Opens every location as the same bytes in memory.
struct BytesOpener: AssetOpener {
  let bytes: Data

  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
    OpenedAsset(source: BytesInMemory(bytes)) { AssetConclusion() }
  }

  /// The judgement of `bytes` as a bare asset in the role of `kind`.
  static func check(_ bytes: Data, as kind: MediaKind, _ depth: Depth) async throws -> CheckResult {
    let preflight = Preflight(
      prober: .inProcess, configuration: Preflight.Configuration(depth: depth),
      opener: BytesOpener(bytes: bytes))
    return try await preflight.check(AssetReference("asset", role: Role(for: kind)))
  }
}

/// Bytes in memory as a source.
final class BytesInMemory: ByteSource {
  private let bytes: Data

  init(_ bytes: Data) { self.bytes = bytes }

  var length: Int64? { Int64(bytes.count) }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let start = bytes.startIndex + Int(offset)
    let end = min(bytes.endIndex, start + buffer.count)
    buffer.copyBytes(from: bytes[start..<end])
    return end - start
  }

  func cancel() {}
}

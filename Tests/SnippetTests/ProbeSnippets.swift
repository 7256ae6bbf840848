import AssetOpening
import AssetSource
import Locations
import MediaFacts
import MediaProbe
import Synchronization

/// The code of MediaProbe's articles.
enum ProbeSnippets {
  static func probe(_ path: String) async throws -> (MediaFacts, AssetConclusion) {
    let prober = InProcessProber(concurrency: 4)
    let asset = try await LocalAssetOpener().open(AssetLocation(path), OpenRequest(digestLimit: 100_000_000))
    let facts = try await prober.probe(asset.source, ProbeRequest(depth: .full))
    let conclusion = await asset.finish()
    if let failure = conclusion.failure { throw failure }

    print(facts.format?.name ?? "nothing known", conclusion.sha256 ?? "")
    if let image = facts.image { print(image.displayWidth, image.displayHeight, image.coding.rawValue) }
    if let video = facts.video { print(video.codec ?? "", video.duration.counted?.description ?? "") }
    for defect in facts.defects { print(defect.kind.rawValue, defect.message) }
    return (facts, conclusion)
  }

  static func bounded(_ source: any ByteSource, _ prober: any Prober) async throws -> MediaFacts {
    var budget = Budget()
    budget.time = .seconds(5)
    budget.pixels = 20_000_000
    let facts = try await prober.probe(
      source, ProbeRequest(expected: .image, depth: .header, budget: budget))
    return facts
  }
}

final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private let isCancelled = Mutex(false)

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var length: Int64? { Int64(bytes.count) }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    if isCancelled.withLock({ $0 }) { throw ByteSourceError(.cancelled, message: "cancelled") }
    guard let start = Int(exactly: offset), bytes.indices.contains(start) else { return 0 }
    let piece = bytes[start...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    return piece.count
  }

  func cancel() { isCancelled.withLock { $0 = true } }
}

import MediaFacts
import Synchronization

/// The source of a fake asset: it has a length, and zeros up to it.
final class MemorySource: ByteSource {
  let asset: FakeAsset
  private let isFinished = Mutex(false)

  init(_ asset: FakeAsset) { self.asset = asset }

  var length: Int64? {
    isFinished.withLock { $0 } ? asset.finalLength ?? asset.length : asset.length
  }

  func finish() { isFinished.withLock { $0 = true } }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let rest = max(0, (asset.finalLength ?? asset.length ?? 0) - offset)
    let count = min(buffer.count, Int(clamping: rest))
    buffer.prefix(count).initializeMemory(as: UInt8.self, repeating: 0)
    return count
  }

  func cancel() {}
}

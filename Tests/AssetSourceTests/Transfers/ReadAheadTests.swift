import Testing

@testable import AssetSource

@Suite struct ReadAheadTests {
  private static let kib: Int64 = 1 << 10

  @Test func readingOnFetchesMoreEachTime() {
    var ahead = ReadAhead()
    let total: Int64 = 100 << 20
    var offset: Int64 = 64 * Self.kib
    var sizes: [Int64] = []
    for _ in 1...6 {
      let range = ahead.range(at: offset, of: total, next: nil)
      #expect(range.first == offset)
      let end = (range.last ?? 0) + 1
      sizes.append((end - offset) / Self.kib)
      offset = end
    }
    #expect(sizes == [128, 256, 512, 1024, 1024, 1024])
  }

  @Test func theLargestTotalOverflowsNothing() {
    var ahead = ReadAhead()
    let total = Int64.max
    var offset = total - 1_500_000
    while offset < total {
      let range = ahead.range(at: offset, of: total, next: nil)
      #expect(range.first <= offset)
      offset = (range.last ?? 0) + 1
    }
    #expect(offset == total)
  }

  @Test func aJumpStartsSmall() {
    var ahead = ReadAhead()
    _ = ahead.range(at: 64 * Self.kib, of: 100 << 20, next: nil)
    #expect(
      ahead.range(at: 10 << 20, of: 100 << 20, next: nil)
        == ByteRange(first: 10 << 20, last: (10 << 20) + 64 * Self.kib - 1))
  }

  @Test func aJumpNearTheEndFetchesToTheEnd() {
    var ahead = ReadAhead()
    let total: Int64 = 50_000_001
    #expect(
      ahead.range(at: total - 200_000, of: total, next: nil)
        == ByteRange(first: total - 200_000, last: total - 1))
  }

  @Test func theLastBytesBringTheirWholeEdge() {
    var ahead = ReadAhead()
    let total: Int64 = 50_000_001
    #expect(
      ahead.range(at: total - 12, of: total, next: nil) == ByteRange(first: total - 65536, last: total - 1))
  }

  @Test func whatIsKnownIsNotAskedForAgain() {
    var ahead = ReadAhead()
    #expect(
      ahead.range(at: 70_000, of: 10 << 20, next: 80_000) == ByteRange(first: 70_000, last: 79_999))
  }

  @Test func theCacheKnowsItsGaps() {
    var cache = RangeCache()
    cache.add([1, 2, 3], at: 0)
    cache.add([8, 9], at: 8)
    var buffer = [UInt8](repeating: 0, count: 8)
    let copied = buffer.withUnsafeMutableBytes { cache.copy(from: 1, into: $0) }
    #expect(copied == 2)
    #expect(buffer.prefix(2) == [2, 3])
    #expect(buffer.withUnsafeMutableBytes { cache.copy(from: 3, into: $0) } == 0)
    #expect(cache.next(behind: 3) == 8)
    #expect(cache.end(before: 8) == 3)
    #expect(cache.next(behind: 9) == nil)
  }

  @Test func theCacheForgetsItsOldestPiecesButTheFirst() {
    var cache = RangeCache()
    let piece = [UInt8](repeating: 7, count: 1 << 20)
    for index in 0..<20 { cache.add(piece, at: Int64(index) << 20) }
    var byte: [UInt8] = [0]
    let known = (0..<20).filter { index in
      byte.withUnsafeMutableBytes { cache.copy(from: Int64(index) << 20, into: $0) } == 1
    }
    #expect(known == [0] + Array(13..<20))
  }
}

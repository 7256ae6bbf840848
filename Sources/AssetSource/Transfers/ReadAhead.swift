/// Which range to ask for when bytes are missing: a pure decision. It grows while somebody reads on, and takes in the
/// end of the file when that is near.
struct ReadAhead: Sendable, Hashable {
  /// The first request, and the smallest one.
  static let least: Int64 = 64 << 10
  /// The largest one.
  static let most: Int64 = 1 << 20
  /// Up to here from its end, a file is fetched to its end.
  static let nearEnd: Int64 = 256 << 10

  private var size = Self.least
  private var end: Int64 = Self.least

  /// The range to ask for to have byte `offset` of `total`, up to `next`, where bytes are known again.
  mutating func range(at offset: Int64, of total: Int64, next: Int64?) -> ByteRange {
    size = offset == end ? min(size * 2, Self.most) : Self.least
    // The last 64 KiB belong together: trailers are looked for from their start.
    var first = offset
    if total - offset <= Self.least { first = min(offset, max(0, total - Self.least)) }
    var beyond = total - offset <= Self.nearEnd ? total : offset + min(size, total - offset)
    if let next, next > offset { beyond = min(beyond, next) }
    end = beyond
    return ByteRange(first: first, last: beyond - 1)
  }
}

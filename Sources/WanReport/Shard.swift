/// A part of the inputs of a run: those whose index, divided by the number of shards, leaves the shard's own index.
package struct Shard: Sendable, Hashable, Encodable {
  /// The index of the shard, from 0.
  package let index: Int
  /// The number of shards.
  package let count: Int

  /// The largest number of shards.
  private static let most = 1_000_000

  /// All inputs.
  package static let whole = Shard(index: 0, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// A shard; `nil` unless `index` is from 0 to `count` - 1.
  package init?(_ index: Int, of count: Int) {
    guard (1...Self.most).contains(count), (0..<count).contains(index) else { return nil }
    self.init(index: index, count: count)
  }

  /// The shard that `I/N` names; `nil` for any other text.
  package init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let index = Int(parts[0]), let count = Int(parts[1])
    else { return nil }
    self.init(index, of: count)
  }

  /// Whether the input with this index belongs to the shard.
  package func contains(_ input: Int) -> Bool { input % count == index }
}

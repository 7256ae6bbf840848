public import MediaFacts

extension Limits {
  /// The budget of a probe for one kind of media: the limits with a margin, so that a file just over a limit is still
  /// measured.
  public func budget(for kind: MediaKind?) -> Budget {
    var budget = Budget()
    let kinds = kind.map { [$0] } ?? profile.kinds
    if let most = kinds.compactMap({ mostBytes(of: $0) }).max() {
      // A valid fragmented MP4 needs reads of 2.5 times its size.
      budget.bytesRead = max(64 << 20, most > Int64.max / 4 ? Int64.max : most * 4)
    }
    let sides = bounds(.side, of: .image).map(\.maximum)
    if let side = sides.compactMap(\.self).max(), !sides.contains(nil) {
      let pixels = side.doubleValue * side.doubleValue * 1.25
      // An overridden limit can be too large for an integer.
      budget.pixels = max(budget.pixels, Int64(exactly: pixels.rounded()) ?? .max)
    }
    return budget
  }
}

import MediaFacts
import StreamProbing

/// What looks at bytes before any library does, by itself: fast, and so tried with far more inputs.
enum FormatWalks {
  static let targets = FormatWalk.allCases.map { walk in
    FuzzTarget(walk.rawValue, longest: walk == .sniff ? 80 << 10 : 16 << 10) { bytes throws(BrokenPromise) in
      try check(walk, bytes)
      return true
    }
  }

  private static func check(_ walk: FormatWalk, _ bytes: [UInt8]) throws(BrokenPromise) {
    let facts = try run(walk, bytes, knowsLength: true)
    try demand(facts == (try run(walk, bytes, knowsLength: true)), "two looks, two answers")
    _ = try run(walk, bytes, knowsLength: false)
  }

  private static func run(
    _ walk: FormatWalk, _ bytes: [UInt8], knowsLength: Bool
  ) throws(BrokenPromise) -> MediaFacts {
    let source = CountedBytes(bytes[...], knowsLength: knowsLength)
    switch walk.run(source, MediaFiles.budget) {
    case .success(let facts):
      try FactPromises(facts: facts, depth: .full).check()
      try demand(source.reads <= MediaFiles.budget.reads + 1, "\(source.reads) reads")
      return facts
    case .failure(let error):
      throw BrokenPromise("bytes in memory cannot fail to be read: \(error)")
    }
  }
}

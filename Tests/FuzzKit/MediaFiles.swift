import MediaFacts
import MediaProbe

/// Whole files of each format: sniffed, walked, decoded and judged, at every depth.
enum MediaFiles {
  static let targets = [
    target("jpeg", [.jpeg], longest: 64 << 10), target("png", [.png], longest: 64 << 10),
    target("webp", [.webp], longest: 64 << 10), target("bmp", [.bmp], longest: 64 << 10),
    target("wav", [.wav], longest: 64 << 10), target("mp3", [.mp3], longest: 64 << 10),
    target("mp4", [.mp4, .mov], longest: 96 << 10),
  ]

  /// Small enough that no input takes long, and large enough for every fixture that is a seed.
  static let budget: Budget = {
    var budget = Budget()
    budget.bytesRead = 16 << 20
    budget.reads = 20_000
    budget.time = .seconds(10)
    budget.pixels = 400_000
    budget.wholeImageMemory = 32 << 20
    budget.scans = 50
    budget.chunks = 3000
    budget.boxes = 3000
    budget.streams = 8
    budget.frames = 1500
    return budget
  }()

  private static func target(_ name: String, _ formats: [MediaFormat], longest: Int) -> FuzzTarget {
    FuzzTarget(name, longest: longest) { bytes throws(BrokenPromise) in
      try check(bytes, formats)
    }
  }

  private static func check(_ bytes: [UInt8], _ formats: [MediaFormat]) throws(BrokenPromise) -> Bool {
    let header = try probe(bytes[...], .header)
    guard let format = header.facts.format, formats.contains(format) else { return false }
    let full = try probe(bytes[...], .full)
    try agree(header, full)
    if full.isClean || bytes.fingerprint.isMultiple(of: 4) {
      try agree(full, try probe(bytes[...], .decode))
    }
    if bytes.fingerprint.isMultiple(of: 7) {
      _ = try probe(bytes[...], .full, knowsLength: false)
    }
    for look in [header, full] where look.endsWhereDeclared {
      try checkPrefixes(of: bytes, look)
    }
    try Judging.check(full.facts, bytes)
    return true
  }

  private static func probe(
    _ bytes: ArraySlice<UInt8>, _ depth: Depth, knowsLength: Bool = true
  ) throws(BrokenPromise) -> FactPromises {
    let source = CountedBytes(bytes, knowsLength: knowsLength)
    switch InProcessProber.measure(
      source, ProbeRequest(depth: depth, budget: budget, preview: depth == .full))
    {
    case .success(let facts):
      try demand(source.reads <= budget.reads + 1, "\(source.reads) reads at depth \(depth)")
      let promises = FactPromises(facts: facts, depth: depth)
      try promises.check()
      return promises
    case .failure(let error):
      throw BrokenPromise("bytes in memory cannot fail to be read: \(error)")
    }
  }

  /// A deeper look finds more, and never less.
  private static func agree(_ shallow: FactPromises, _ deep: FactPromises) throws(BrokenPromise) {
    try demand(shallow.facts.format == deep.facts.format, "the format depends on the depth")
    guard shallow.isComplete, deep.isComplete else { return }
    try demand(
      shallow.isClean || !deep.isClean,
      "without defects at depth \(deep.depth), and not at \(shallow.depth): \(shallow.facts.defects)")
    if let one = shallow.facts.image, let other = deep.facts.image {
      try demand(
        one.width == other.width && one.height == other.height
          // Of a damaged file, a deeper look may end before the block that states it.
          && (one.orientation == other.orientation || !deep.isClean)
          && one.coding == other.coding && one.bitDepth == other.bitDepth && one.color == other.color,
        "an image's header depends on the depth: \(one), \(other)")
    }
  }

  /// No part from the beginning of an intact file may seem to end where it declares.
  ///
  /// Zeros after the frames of an MP3 are allowed, so for MP3 no part may have the same audio. In an MP4 whose last box
  /// has no size and runs to the end of the file, only the samples state which bytes must be there.
  private static func checkPrefixes(of bytes: [UInt8], _ whole: FactPromises) throws(BrokenPromise) {
    if whole.facts.format == .mp3, whole.depth == .header { return }
    if whole.facts.video != nil, endsInOpenBox(bytes[...]) { return }
    let cuts = Set([bytes.count - 1, bytes.count / 2, Int(bytes.fingerprint % UInt64(bytes.count))])
    for cut in cuts {
      let prefix = try probe(bytes.prefix(cut), whole.depth)
      if whole.facts.format == .mp3, prefix.facts.audio == whole.facts.audio { continue }
      try demand(
        !prefix.endsWhereDeclared,
        "its first \(cut) of \(bytes.count) bytes have no defects, either, at depth \(whole.depth)")
    }
  }

  /// Whether the last box at the top of an MP4 states no size.
  private static func endsInOpenBox(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while rest.count >= 8 {
      let short = number(rest.prefix(4))
      if short == 0 { return true }
      let size = short == 1 ? number(rest.dropFirst(8).prefix(8)) : short
      guard size >= 8 else { return false }
      rest = rest.dropFirst(Int(clamping: size))
    }
    return false
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

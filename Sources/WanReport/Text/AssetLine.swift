package import MediaFacts
package import WanCheck

/// The facts of an asset in a few words: `PNG 640x360, 18.2 kB`.
package enum AssetLine {
  static func text(_ asset: AssetResult) -> String? {
    asset.facts.map { text($0, asset.size) }
  }

  /// The format with its measures, as far as they are known, and the size.
  package static func text(_ facts: MediaFacts, _ size: ByteSize?) -> String {
    [shape(facts), size.map(bytes)].compactMap { $0 }.joined(separator: ", ")
  }

  private static func shape(_ facts: MediaFacts) -> String? {
    guard let format = facts.format else { return nil }
    if let image = facts.image { return "\(format.name) \(image.width)x\(image.height)" }
    if let audio = facts.audio {
      return ([format.name] + [audio.codec, seconds(audio.duration)].compactMap { $0 }).joined(separator: " ")
    }
    if let video = facts.video {
      let size = video.width.flatMap { width in video.height.map { "\(width)x\($0)" } }
      return ([format.name] + [video.codec, size, seconds(video.duration)].compactMap { $0 }).joined(
        separator: " ")
    }
    return format.name
  }

  private static func seconds(_ durations: Durations) -> String? {
    (durations.counted ?? durations.stream ?? durations.container).map { duration in
      "\((duration.doubleValue * 100).rounded() / 100) s"
    }
  }

  private static func bytes(_ size: ByteSize) -> String {
    let count = size.known
    let prefix = if case .atLeast = size { "at least " } else { "" }
    switch count {
    case ..<1000: return "\(prefix)\(count) bytes"
    case ..<1_000_000: return "\(prefix)\(tenths(count, 1000)) kB"
    default: return "\(prefix)\(tenths(count, 1_000_000)) MB"
    }
  }

  private static func tenths(_ count: Int64, _ unit: Int64) -> String {
    "\((Double(count) / Double(unit) * 10).rounded() / 10)"
  }
}

extension AssetResult {
  /// That a file was read in place of the URL; `nil` if none was.
  var localCopyClause: String? { localCopy.map { "read from the local copy \($0)" } }
}

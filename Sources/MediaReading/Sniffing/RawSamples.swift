/// Samples of 16 bits without any header, as programs leave them that forget to write one.
///
/// Nothing proves what they are: this only names the likely cause for people.
enum RawSamples {
  private static let least = 1024

  /// Whether `bytes` look like 16-bit little-endian samples: neighbours are close to each other, around zero.
  static func areLikely(in bytes: ArraySlice<UInt8>) -> Bool {
    let samples = (0..<bytes.count / 2).map { index in
      let low = UInt16(bytes[bytes.startIndex + 2 * index])
      let high = UInt16(bytes[bytes.startIndex + 2 * index + 1])
      return Int(Int16(bitPattern: high << 8 | low))
    }
    guard samples.count >= least else { return false }
    let loudness = samples.reduce(0) { $0 + abs($1) }
    let offset = abs(samples.reduce(0, +))
    // Silence may be anything.
    guard loudness > samples.count * 8, offset * 2 < loudness else { return false }
    return [1, 2].contains { channels in
      let steps = zip(samples, samples.dropFirst(channels)).reduce(0) { $0 + abs($1.1 - $1.0) }
      return steps * 5 < loudness * 4
    }
  }
}

import MediaFacts

/// The size of a frame, as stored and as displayed.
struct FrameSize {
  var stored: (width: Int, height: Int)
  var displayed: (width: Int, height: Int)
  /// Other readings of the frame.
  var others: [PictureReading] = []

  private var named: [(name: String, note: String, width: Int, height: Int)] {
    let own = Self.named(stored, displayed, ("stored", ""), ("displayed", " as displayed"))
    return own
      + others.flatMap { other in
        Self.named(
          (other.width, other.height), (other.displayWidth, other.displayHeight),
          (other.name, " (\(other.name))"), ("\(other.name), displayed", " (\(other.name), as displayed)"))
      }
  }

  /// The number of readings of the frame itself.
  var ownReadings: Int { stored == displayed ? 1 : 2 }

  private static func named(
    _ stored: (width: Int, height: Int), _ displayed: (width: Int, height: Int),
    _ first: (name: String, note: String), _ second: (name: String, note: String)
  ) -> [(name: String, note: String, width: Int, height: Int)] {
    let size = [(first.name, first.note, stored.width, stored.height)]
    return stored == displayed ? size : size + [(second.name, second.note, displayed.width, displayed.height)]
  }

  var actual: [String: Quantity] { ["width": .count(stored.width), "height": .count(stored.height)] }

  var text: String {
    named.map { "\($0.width)x\($0.height) px\($0.note)" }.joined(separator: ", ")
  }

  /// For each reading, whether both sides are inside `limit`.
  func readings(_ limit: Limit) -> [Reading] {
    named.map { size in
      Reading(
        size.name, ["width": .count(size.width), "height": .count(size.height)],
        inside: limit.contains(size.width) && limit.contains(size.height))
    }
  }

  /// For each reading, whether width over height is inside `limit`.
  func ratioReadings(_ limit: Limit) -> [Reading] {
    named.map { size in
      let ratio = Rational(Int64(size.width), over: Int64(size.height))
      return Reading(
        size.name, ["width": .count(size.width), "height": .count(size.height)],
        inside: ratio.map(limit.contains) ?? false)
    }
  }

  /// The aspect ratio as text: `9.6:1` or `1:9.6`. It never looks equal to an end of `limit` if it is not.
  func ratioText(near limit: Limit) -> String {
    Self.ratioText(stored.width, stored.height, near: limit)
  }

  /// Each size with its aspect ratio, as text; for a single frame, the stored ratio.
  func shapeText(near limit: Limit) -> String {
    guard !others.isEmpty else { return "\(text) is \(ratioText(near: limit))" }
    return named.map {
      "\($0.width)x\($0.height) px\($0.note) is \(Self.ratioText($0.width, $0.height, near: limit))"
    }.joined(separator: ", ")
  }

  private static func ratioText(_ width: Int, _ height: Int, near limit: Limit) -> String {
    let (width, height) = (Int64(width), Int64(height))
    let wide = width >= height
    guard let ratio = Rational(max(width, height), over: max(1, min(width, height))) else { return "" }
    let inverse = limit.minimum.flatMap { Rational($0.denominator, over: $0.numerator) }
    let text = Seconds.text(ratio, near: wide ? limit.maximum : inverse)
    return wide ? "\(text):1" : "1:\(text)"
  }
}

extension VideoFacts {
  /// The frame's size, stored and displayed, if the track states one.
  var frameSize: FrameSize? {
    guard let width, let height, width > 0, height > 0 else { return nil }
    return FrameSize(stored: (width, height), displayed: (displayWidth ?? width, displayHeight ?? height))
  }

  /// The frame's size with all its other readings.
  var everyFrameSize: FrameSize? {
    frameSize.map { FrameSize(stored: $0.stored, displayed: $0.displayed, others: otherReadings) }
  }
}

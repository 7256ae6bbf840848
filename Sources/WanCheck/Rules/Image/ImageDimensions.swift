import MediaFacts

/// Images: "Dimensions: 240-8000px per side".
struct ImageDimensions: AssetRule {
  let entry = RuleEntry(
    "image-dimensions", .image,
    summary: "Each side of an image has \(Limits.documented[.image, .side].text).",
    source: Limits.documented[.image, .side].source,
    breaks: .asset("a PNG of 200x150 px"), passes: .asset("a PNG of 640x360 px"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image else { return [] }
    let frame = FrameSize(
      stored: (image.width, image.height), displayed: (image.displayWidth, image.displayHeight))
    return asset.judge(
      entry, frame.readings(asset.limit(.side, .image)), limit: asset.limit(.side, .image),
      actual: frame.actual,
      fix: asset.frameAdvice(image), repair: Repair(.frame)
    ) { _ in "\(frame.text): each side must be \(asset.limit(.side, .image).text)" }
  }
}

/// The size of a frame, as stored and as displayed.
struct FrameSize {
  var stored: (width: Int, height: Int)
  var displayed: (width: Int, height: Int)
  /// What else readers may take for the frame.
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

  /// How many of the readings are of the frame itself.
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

  /// Both sides inside `limit`, under each reading.
  func readings(_ limit: Limit) -> [Reading] {
    named.map { size in
      Reading(
        size.name, ["width": .count(size.width), "height": .count(size.height)],
        inside: limit.contains(size.width) && limit.contains(size.height))
    }
  }

  /// Width over height inside `limit`, under each reading.
  func ratioReadings(_ limit: Limit) -> [Reading] {
    named.map { size in
      let ratio = Rational(Int64(size.width), over: Int64(size.height))
      return Reading(
        size.name, ["width": .count(size.width), "height": .count(size.height)],
        inside: ratio.map(limit.contains) ?? false)
    }
  }

  /// The aspect ratio for people: `9.6:1` or `1:9.6`; never such that it reads like an end of `limit` and is not.
  func ratioText(near limit: Limit) -> String {
    Self.ratioText(stored.width, stored.height, near: limit)
  }

  /// Each size with its aspect ratio, for people; where there is but one frame, the ratio as stored.
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

/// Sizes that an asset could be scaled to.
enum Resizing {
  /// The nearest size with the same shape whose sides lie in `side`; `nil` if the shape does not allow one.
  static func fit(_ width: Int, _ height: Int, side: Limit, ratio: Limit, multiple: Int)
    -> (width: Int, height: Int)?
  {
    guard width > 0, height > 0, let least = side.minimum?.doubleValue, let most = side.maximum?.doubleValue
    else { return nil }
    let (shorter, longer) = (Double(min(width, height)), Double(max(width, height)))
    var factor = 1.0
    if shorter < least { factor = least / shorter }
    if longer * factor > most { factor = most / longer }
    let step = Double(multiple)
    func scaled(_ value: Int) -> Int? {
      let exact = Double(value) * factor / step
      // A side just above the least must not be rounded below it.
      return Int(exactly: max(least / step, min(most / step, exact)).rounded() * step)
    }
    guard let scaledWidth = scaled(width), let scaledHeight = scaled(height),
      shorter * factor >= least * 0.999, side.contains(scaledWidth), side.contains(scaledHeight),
      let shape = Rational(Int64(scaledWidth), over: Int64(scaledHeight)), ratio.contains(shape)
    else { return nil }
    return (scaledWidth, scaledHeight)
  }
}

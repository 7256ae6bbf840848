import MediaFacts

/// Sizes that an asset could be scaled to.
enum Resizing {
  /// The nearest size with the same shape whose sides are within `side`; `nil` if the shape does not allow one.
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

/// The largest centred part of a frame whose shape is allowed.
enum AspectCrop {
  static func fix(_ width: Int, _ height: Int, _ limit: Limit, multiple: Int = 1) -> (
    width: Int, height: Int
  )? {
    guard width > 0, height > 0, let least = limit.minimum, let most = limit.maximum else { return nil }
    // Computed as doubles first; the smaller of both fits.
    let wide = min(Double(width), (Double(height) * most.doubleValue).rounded(.down))
    let tall = min(Double(height), (Double(width) / least.doubleValue).rounded(.down))
    guard let wide = Int(exactly: wide), let tall = Int(exactly: tall) else { return nil }
    let crop = (width: wide / multiple * multiple, height: tall / multiple * multiple)
    return crop.width > 0 && crop.height > 0 ? crop : nil
  }
}

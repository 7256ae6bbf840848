import MediaFacts

extension Rational {
  /// The greatest whole number that is not above it.
  var wholeBelow: Int64 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// Formats seconds for messages.
enum Seconds {
  /// `value` with up to three decimals. It has more if a value that is not a limit would otherwise look like it.
  static func text(_ value: Rational, near limits: Rational?...) -> String {
    for decimals in [3, 6, 9] {
      let text = decimal(value, decimals)
      let looksLikeLimit = limits.contains { limit in
        guard let limit, limit != value else { return false }
        return text == decimal(limit, decimals)
      }
      if !looksLikeLimit { return text }
    }
    return value.description
  }

  /// `value` rounded to `decimals`, without trailing zeros.
  private static func decimal(_ value: Rational, _ decimals: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let whole = value.numerator / value.denominator
    let rest = value.numerator.magnitude % UInt64(value.denominator)
    let product = rest.multipliedFullWidth(by: UInt64(scale))
    let divided = UInt64(value.denominator).dividingFullWidth(product)
    let roundUp = divided.remainder >= UInt64(value.denominator) - divided.remainder
    var fraction = divided.quotient + (roundUp ? 1 : 0)
    var integer = whole.magnitude
    if fraction == UInt64(scale) { (integer, fraction) = (integer + 1, 0) }
    let sign = value.numerator < 0 && (integer > 0 || fraction > 0) ? "-" : ""
    guard fraction > 0 else { return "\(sign)\(integer)" }
    let digits = String(fraction)
    var tail = String(repeating: "0", count: decimals - digits.count) + digits
    while tail.hasSuffix("0") { tail.removeLast() }
    return "\(sign)\(integer).\(tail)"
  }
}

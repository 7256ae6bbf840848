/// An exact fraction, so that a duration at a limit is compared without rounding.
public struct Rational: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  private enum CodingKeys: String, CodingKey {
    case numerator, denominator
  }

  /// The numerator, reduced.
  public let numerator: Int64
  /// The denominator, reduced and above zero.
  public let denominator: Int64

  /// A fraction in lowest terms; `nil` if `denominator` is not above zero.
  public init?(_ numerator: Int64, over denominator: Int64) {
    guard denominator > 0 else { return nil }
    let divisor = Int64(clamping: Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// Decodes a fraction, in lowest terms or not.
  /// - Throws: `DecodingError` if its denominator is not above zero.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let numerator = try values.decode(Int64.self, forKey: .numerator)
    let denominator = try values.decode(Int64.self, forKey: .denominator)
    guard let fraction = Rational(numerator, over: denominator) else {
      throw DecodingError.dataCorruptedError(
        forKey: .denominator, in: values, debugDescription: "the denominator is not above zero")
    }
    self = fraction
  }

  /// A whole number.
  public init(_ whole: Int64) {
    numerator = whole
    denominator = 1
  }

  /// The nearest double.
  public var doubleValue: Double { Double(numerator) / Double(denominator) }

  /// The fraction as `numerator/denominator`.
  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  /// Compares exactly: products are 128 bits wide.
  public static func < (lhs: Rational, rhs: Rational) -> Bool {
    let left = lhs.numerator.multipliedFullWidth(by: rhs.denominator)
    let right = rhs.numerator.multipliedFullWidth(by: lhs.denominator)
    return left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The sum, or `nil` if it does not fit.
  package func adding(_ other: Rational) -> Rational? {
    let (left, leftOverflow) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (right, rightOverflow) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, sumOverflow) = left.addingReportingOverflow(right)
    let (scale, scaleOverflow) = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !leftOverflow, !rightOverflow, !sumOverflow, !scaleOverflow else { return nil }
    return Rational(sum, over: scale)
  }

  /// The difference, or `nil` if it does not fit.
  package func subtracting(_ other: Rational) -> Rational? {
    guard other.numerator > .min else { return nil }
    return Rational(-other.numerator, over: other.denominator).flatMap(adding)
  }

  private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}

public import MediaFacts

/// A measured or allowed value in a finding.
public enum Quantity: Sendable, Hashable {
  /// A whole number: pixels, bytes, characters.
  case integer(Int64)
  /// A fraction: seconds, ratios.
  case fraction(Rational)
  /// A word: a format, a codec, a value of the job.
  case text(String)

  /// The quantity of a machine integer.
  public static func count(_ value: Int) -> Quantity { .integer(Int64(value)) }
}

/// The allowed values that a finding compares with.
public struct AllowedValues: Sendable, Hashable {
  /// The least allowed value, inclusive.
  public var minimum: Quantity?
  /// The greatest allowed value, inclusive.
  public var maximum: Quantity?
  /// The unit of both: `px`, `s`, `MB`, `bytes`, `characters`, `w:h`.
  public var unit: String?
  /// The allowed words, if the values are words.
  public var oneOf: [String]

  /// A range, or a set of words.
  public init(
    minimum: Quantity? = nil, maximum: Quantity? = nil, unit: String? = nil, oneOf: [String] = []
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.unit = unit
    self.oneOf = oneOf
  }
}

/// One way in which a server could read a value, and whether that value is inside the limit.
public struct Reading: Sendable, Hashable {
  /// The name of the reading: `stored`, `displayed`, `container`, `counted`, `MB = 10^6 bytes`.
  public var name: String
  /// The value under this reading, by name.
  public var actual: [String: Quantity]
  /// Whether it is inside the limit.
  public var inside: Bool

  /// A reading of a value.
  public init(_ name: String, _ actual: [String: Quantity], inside: Bool) {
    self.name = name
    self.actual = actual
    self.inside = inside
  }
}

/// The combined result of the readings of one limit.
enum ReadingsJudgement {
  case allInside
  case allOutside
  case disagree

  /// - Parameter own: How many of the first readings are the asset's own. Further readings can make a passing result doubtful,
  ///   but they cannot excuse a failing one.
  init(_ readings: [Reading], own: Int = .max) {
    if readings.allSatisfy(\.inside) {
      self = .allInside
    } else if readings.prefix(own).contains(where: \.inside) {
      self = .disagree
    } else {
      self = .allOutside
    }
  }
}

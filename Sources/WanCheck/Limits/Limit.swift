public import MediaFacts

/// Where a limit or a rule comes from.
public struct LimitSource: Sendable, Hashable {
  /// The sentence that says it, word for word.
  public var sentence: String
  /// The document that holds the sentence.
  public var document: String
  /// The day on which the document was read, `YYYY-MM-DD`.
  public var captured: String

  /// The API's own page: the only source of errors about limits.
  public static func apiPage(_ sentence: String) -> LimitSource {
    LimitSource(
      sentence: sentence, document: "Freepik API reference, WAN 2.7 - Create video from image",
      captured: Limits.captured)
  }

  /// What the owner of the model says of it: a warning at most.
  public static func modelOwner(_ sentence: String) -> LimitSource {
    LimitSource(
      sentence: sentence, document: "Alibaba Cloud Model Studio, wan2.7-i2v", captured: Limits.captured)
  }

  /// What is known of decoders and servers in general: a warning or a note, or what "a readable file" means.
  public static func practice(_ sentence: String) -> LimitSource {
    LimitSource(sentence: sentence, document: "wan-check", captured: Limits.captured)
  }
}

/// One limit: a range or a set of words, its readings, and the sentence that states it.
public struct Limit: Sendable, Hashable {
  /// The stable id, as in the configuration's `limits`.
  public var id: String
  /// What it limits, for people.
  public var subject: String
  /// The least allowed value, inclusive.
  public var minimum: Rational?
  /// The greatest allowed value, inclusive.
  public var maximum: Rational?
  /// The unit: `px`, `s`, `MB`, `characters`, `w:h`.
  public var unit: String?
  /// The allowed words: format ids, values of an enumeration.
  public var allowed: [String]
  /// The allowed words as people write them, in the same order.
  public var allowedNames: [String]
  /// What the provider uses where the field is absent.
  public var defaultValue: String?
  /// The readings under which the limit is judged; empty if there is only one.
  public var readings: [String]
  /// The sentence that states it.
  public var source: LimitSource

  init(
    _ id: String, _ subject: String, _ range: ClosedRange<Int64>? = nil, unit: String? = nil,
    allowed: [String] = [], names: [String]? = nil, defaultValue: String? = nil, readings: [String] = [],
    source: LimitSource
  ) {
    self.id = id
    self.subject = subject
    minimum = range.map { Rational($0.lowerBound) }
    maximum = range.map { Rational($0.upperBound) }
    self.unit = unit
    self.allowed = allowed
    allowedNames = names ?? allowed
    self.defaultValue = defaultValue
    self.readings = readings
    self.source = source
  }

  /// Whether `value` lies inside, the ends included.
  public func contains(_ value: Rational) -> Bool {
    if let minimum, value < minimum { return false }
    if let maximum, maximum < value { return false }
    return true
  }

  /// Whether `value` lies inside, the ends included.
  public func contains(_ value: Int) -> Bool { contains(Rational(Int64(value))) }

  /// The range or words as a finding carries them.
  public var allowedValues: AllowedValues {
    AllowedValues(
      minimum: minimum.map(Self.quantity), maximum: maximum.map(Self.quantity), unit: unit, oneOf: allowed)
  }

  /// The range or words for people: `240 to 8000 px`, `at most 20 MB`, `JPEG, PNG, BMP or WebP`.
  public var text: String {
    let suffix = unit.map { " \($0)" } ?? ""
    switch (minimum, maximum) {
    case (let minimum?, let maximum?): return "\(number(minimum)) to \(number(maximum))\(suffix)"
    case (nil, let maximum?): return "at most \(number(maximum))\(suffix)"
    case (let minimum?, nil): return "at least \(number(minimum))\(suffix)"
    case (nil, nil): return Prose.list(allowedNames, conjunction: "or")
    }
  }

  private func number(_ value: Rational) -> String {
    guard unit == Limit.ratioUnit else { return Seconds.text(value) }
    return "\(value.numerator):\(value.denominator)"
  }

  private static func quantity(_ value: Rational) -> Quantity {
    value.denominator == 1 ? .integer(value.numerator) : .fraction(value)
  }

  static let ratioUnit = "w:h"
}

/// Small pieces of English.
enum Prose {
  /// `a, b or c`.
  static func list(_ items: [String], conjunction: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}

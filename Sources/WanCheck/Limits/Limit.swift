public import MediaFacts

/// One limit: a range or a set of words, its readings, and the sentence that states it.
public struct Limit: Sendable, Hashable {
  /// What a limit is about.
  enum Subject: Sendable, Hashable {
    case media(MediaKind, Limits.Measure)
    case role(Role, Limits.Measure)
    case field(FieldMeaning)

    /// The limit's id: `image-side`, `end-image-side`, `negative-prompt`.
    var id: String {
      let words =
        switch self {
        case .media(let kind, let measure): "\(kind.rawValue)-\(measure.rawValue)"
        case .role(let role, let measure): "\(role.rawValue)-\(measure.rawValue)"
        case .field(let meaning): meaning.rawValue
        }
      return words.replacing("_", with: "-")
    }
  }

  /// What it is about.
  let about: Subject
  /// The stable id, as in the configuration's `limits`.
  public let id: String
  /// The name of what it limits, for messages.
  public var subject: String
  /// The least allowed value, inclusive.
  public var minimum: Rational?
  /// The greatest allowed value, inclusive.
  public var maximum: Rational?
  /// The unit: `px`, `s`, `MB`, `characters`, `w:h`.
  public var unit: String?
  /// The allowed words: format ids, values of an enumeration.
  public var allowed: [String]
  /// The allowed words in their usual spelling, in the same order.
  public var allowedNames: [String]
  /// The value that the provider uses if the field is absent.
  public var defaultValue: String?
  /// The readings under which the limit is judged; empty if there is only one.
  public var readings: [String]
  /// The sentence that states it.
  public var source: LimitSource

  /// A limit that allows every value until a range or words are set.
  init(_ about: Subject, _ subject: String, source: LimitSource) {
    self.about = about
    id = about.id
    self.subject = subject
    allowed = []
    allowedNames = []
    readings = []
    self.source = source
  }

  /// Whether it excludes any value.
  var isBounded: Bool { minimum != nil || maximum != nil || !allowed.isEmpty }

  /// Whether `value` is inside the limit, which includes its ends.
  public func contains(_ value: Rational) -> Bool {
    if let minimum, value < minimum { return false }
    if let maximum, maximum < value { return false }
    return true
  }

  /// Whether `value` is inside the limit, which includes its ends.
  public func contains(_ value: Int) -> Bool { contains(Rational(Int64(value))) }

  /// The range or words in the form of a finding.
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

  /// The text without the unit of a ratio, which its numbers already show.
  var rangeText: String { unit == Self.ratioUnit ? text.replacing(" \(Self.ratioUnit)", with: "") : text }

  private func number(_ value: Rational) -> String {
    guard unit == Limit.ratioUnit else { return Seconds.text(value) }
    return "\(value.numerator):\(value.denominator)"
  }

  private static func quantity(_ value: Rational) -> Quantity {
    value.denominator == 1 ? .integer(value.numerator) : .fraction(value)
  }

  static let ratioUnit = "w:h"
}

/// Text helpers for messages.
enum Prose {
  /// `a, b or c`.
  static func list(_ items: [String], conjunction: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}

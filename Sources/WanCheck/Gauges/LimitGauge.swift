package import MediaFacts

/// A measured value and its allowed range, for display as a gauge.
package struct LimitGauge: Sendable, Hashable {
  /// The position of the value, for all readings together.
  package enum State: String, Sendable, Hashable, CaseIterable {
    /// Every reading is inside.
    case inside
    /// Every reading is outside.
    case outside
    /// Servers could disagree.
    case mixed
  }

  /// One reading, or several with equal results.
  package struct Mark: Sendable, Hashable {
    /// The names of the readings; empty if there is only one reading.
    package var names: [String]
    /// What was measured, for people.
    package var text: String
    /// The numbers, in the limit's unit: one, or width and height; none for words.
    package var values: [Rational]
    /// Whether this reading is inside.
    package var inside: Bool
  }

  /// What is limited, for people.
  package var subject: String
  /// The least allowed value, inclusive.
  package var minimum: Rational?
  /// The greatest allowed value, inclusive.
  package var maximum: Rational?
  /// What is allowed, for people.
  package var allowed: String
  /// The readings, in their order; never empty.
  package var marks: [Mark]

  /// The position of the value, for all readings together.
  package var state: State {
    if marks.allSatisfy(\.inside) { return .inside }
    return marks.contains(where: \.inside) ? .mixed : .outside
  }

  /// Whether `value` is in the range, which includes its ends.
  package func holds(_ value: Rational) -> Bool {
    minimum.map { $0 <= value } ?? true && maximum.map { value <= $0 } ?? true
  }

  /// A gauge of `marks`, in which equal marks are joined; `nil` if there are none.
  init?(
    _ subject: String, minimum: Rational?, maximum: Rational?, allowed: String, marks: [Mark]
  ) {
    var joined: [Mark] = []
    for mark in marks {
      if let same = joined.firstIndex(where: { $0.text == mark.text && $0.inside == mark.inside }) {
        joined[same].names += mark.names
      } else {
        joined.append(mark)
      }
    }
    guard !joined.isEmpty else { return nil }
    // Names distinguish readings; for a single value they are not needed.
    if joined.count == 1 { joined[0].names = [] }
    (self.subject, self.minimum, self.maximum, self.allowed) = (subject, minimum, maximum, allowed)
    self.marks = joined
  }

  init?(_ limit: Limit, _ subject: String, marks: [Mark]) {
    guard limit.isBounded else { return nil }
    self.init(subject, minimum: limit.minimum, maximum: limit.maximum, allowed: limit.rangeText, marks: marks)
  }
}

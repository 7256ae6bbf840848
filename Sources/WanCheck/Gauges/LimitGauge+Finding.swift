import MediaFacts

extension LimitGauge {
  /// The gauge of a finding about the job itself: the length of a text, a number; `nil` if it has no range.
  package init?(_ finding: Finding) {
    guard let limit = finding.limit else { return nil }
    let (minimum, maximum) = (limit.minimum?.number, limit.maximum?.number)
    guard minimum != nil || maximum != nil else { return nil }
    let unit = limit.unit.map { " \($0)" } ?? ""
    let readings =
      finding.readings.isEmpty ? [Reading("", finding.actual, inside: false)] : finding.readings
    let marks = readings.compactMap { reading -> Mark? in
      // If a reading has both the job's value and the asset's measure, the limit is about the asset.
      let quantity = reading.actual.count == 1 ? reading.actual.first?.value : reading.actual["audio"]
      guard let value = quantity?.number else { return nil }
      return Mark(
        names: reading.name.isEmpty ? [] : [reading.name],
        text: "\(Seconds.text(value, near: minimum, maximum))\(unit)", values: [value], inside: reading.inside
      )
    }
    let allowed =
      switch (minimum, maximum) {
      case (let minimum?, let maximum?): "\(Seconds.text(minimum)) to \(Seconds.text(maximum))\(unit)"
      case (let minimum?, nil): "at least \(Seconds.text(minimum))\(unit)"
      case (nil, let maximum?): "at most \(Seconds.text(maximum))\(unit)"
      case (nil, nil): ""
      }
    let subject = finding.pointer.map { String($0.drop { $0 == "/" }) } ?? finding.rule.rawValue
    self.init(subject, minimum: minimum, maximum: maximum, allowed: allowed, marks: marks)
  }
}

extension Quantity {
  /// The quantity as a number, if it is one.
  fileprivate var number: Rational? {
    switch self {
    case .integer(let value): Rational(value)
    case .fraction(let value): value
    case .text: nil
    }
  }
}

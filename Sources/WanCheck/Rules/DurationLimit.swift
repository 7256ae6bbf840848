import MediaFacts

/// Checks every reading of a file's duration against its limit.
struct DurationLimit {
  var entry: RuleEntry

  /// - Parameter others: Durations that other readers may find.
  func findings(
    in asset: AssetSubject, _ durations: Durations, others: [(name: String, seconds: Rational)] = [],
    _ limit: Limit
  ) -> [Finding] {
    let known =
      durations.known + durations.others.map { ($0.name, $0.seconds) } + others
    let readings = known.map { name, seconds in
      Reading(name, ["seconds": .fraction(seconds)], inside: limit.contains(seconds))
    }
    // The most reliable value: the counted one, or else the declared one.
    guard let measured = durations.counted ?? durations.stream ?? durations.container else { return [] }
    // A file that was not counted to its end may be longer.
    if asset.wasStopped, let least = limit.minimum, measured < least { return [] }
    return asset.judge(
      entry, readings, own: durations.known.count, limit: limit, actual: ["seconds": .fraction(measured)],
      repair: Repair(.duration)
    ) { disagree in
      guard disagree else { return "the duration must be \(limit.text); found \(text(measured, limit)) s" }
      let each = grouped(known, limit).map { "\($0.text) s (\($0.names.joined(separator: ", ")))" }
      return "the duration must be \(limit.text), and its readings disagree: \(each.joined(separator: ", "))"
    }
  }

  /// The readings, grouped by equal texts for their seconds, in their order.
  private func grouped(
    _ readings: [(name: String, seconds: Rational)], _ limit: Limit
  ) -> [(text: String, names: [String])] {
    readings.reduce(into: []) { groups, reading in
      let text = text(reading.seconds, limit)
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].names.append(reading.name)
      } else {
        groups.append((text, [reading.name]))
      }
    }
  }

  private func text(_ value: Rational, _ limit: Limit) -> String {
    Seconds.text(value, near: limit.minimum, limit.maximum, Rational(0))
  }
}

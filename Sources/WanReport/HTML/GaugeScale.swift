import Foundation
import MediaFacts
import WanCheck

/// The positions on a gauge, in percent of its width.
///
/// The allowed range is in the middle, or at the left where only an upper limit is stated, so
/// that values outside have room on either side. Sides and ratios have a logarithmic scale: 240
/// and 8000 px are far apart.
struct GaugeScale: Sendable, Hashable {
  private let minimum: Double?
  private let maximum: Double?
  private let isLogarithmic: Bool

  /// The beginning and the end of the allowed range.
  let range: ClosedRange<Double>

  init(_ gauge: LimitGauge) {
    minimum = gauge.minimum?.doubleValue
    maximum = gauge.maximum?.doubleValue
    switch (minimum, maximum) {
    case (let low?, let high?):
      range = 15...85
      isLogarithmic = low > 0 && high / low >= 16
    case (nil, _):
      range = 0...75
      isLogarithmic = false
    case (_, nil):
      range = 25...100
      isLogarithmic = false
    }
  }

  /// The position of `value`, 0 to 100.
  ///
  /// A value outside the range is never drawn inside it, nor the other way round,
  /// however close to the end it is.
  func position(_ value: Rational, inside: Bool) -> Double {
    let exact = place(laidOut(value.doubleValue))
    guard exact.isFinite else { return inside ? range.lowerBound : 100 - Self.margin }
    let kept = min(max(exact, Self.margin), 100 - Self.margin)
    if inside { return min(max(kept, range.lowerBound), range.upperBound) }
    if let maximum, value.doubleValue > maximum { return max(kept, range.upperBound + Self.margin) }
    if let minimum, value.doubleValue < minimum { return min(kept, range.lowerBound - Self.margin) }
    return kept
  }

  private func laidOut(_ value: Double) -> Double {
    isLogarithmic ? log(max(value, .leastNonzeroMagnitude)) : value
  }

  private func place(_ value: Double) -> Double {
    switch (minimum.map(laidOut), maximum.map(laidOut)) {
    case (let low?, let high?):
      guard high > low else { return value < low ? 0 : value > high ? 100 : range.lowerBound }
      return range.lowerBound + (value - low) / (high - low) * (range.upperBound - range.lowerBound)
    case (nil, let high?): return high > 0 ? value / high * range.upperBound : value > high ? 100 : 0
    case (let low?, nil): return low > 0 ? value / low * range.lowerBound : value < low ? 0 : range.lowerBound
    case (nil, nil): return 50
    }
  }

  private static let margin = 2.0
}

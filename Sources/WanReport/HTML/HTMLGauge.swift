import Foundation
import MediaFacts
import WanCheck

/// A limit as a bar: the allowed range, and the position of each reading.
struct HTMLGauge {
  var gauge: LimitGauge

  var markup: Markup {
    """
    <li class="g \(gauge.state.rawValue)"><span class="gs">\(gauge.subject)</span>\(bar)<span class="gv">\(
      values)</span><span class="ga">\(gauge.allowed)</span><span class="sr">: \(words)</span></li>
    """
  }

  private var bar: Markup {
    guard gauge.minimum != nil || gauge.maximum != nil else { return "<span class=\"nobar\"></span>" }
    let scale = GaugeScale(gauge)
    let points = gauge.marks.flatMap { mark in
      // Of two sides, one may be inside the range although the reading is not.
      mark.values.map { value in
        let inside = mark.inside || (mark.values.count > 1 && gauge.holds(value))
        return (scale.position(value, inside: inside), inside)
      }
    }
    let drawn = points.map { position, inside -> Markup in
      "<circle cx=\"\(Self.percent(position))\"\(inside ? "" : Self.outside)/>"
    }
    let style = gauge.minimum == nil ? "most" : gauge.maximum == nil ? "least" : "both"
    return "<svg class=\"\(style)\" aria-hidden=\"true\"><rect/>\(drawn)</svg>"
  }

  private static let outside: Markup = " class=\"o\""

  private var values: [Markup] {
    gauge.marks.enumerated().map { index, mark -> Markup in
      let names = mark.names.joined(separator: ", ")
      let name: Markup = names.isEmpty ? "" : " <i>\(names)</i>"
      return
        "\(index == 0 ? "" : Self.separator)<span\(mark.inside ? "" : Self.outside)>\(mark.text)</span>\(name)"
    }
  }

  private static let separator: Markup = "<br>"

  private var words: String {
    switch gauge.state {
    case .inside: "inside the limit"
    case .outside: "outside the limit"
    case .mixed: "inside the limit for some servers, outside for others"
    }
  }

  /// A share as the value of an attribute, to one decimal place.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}

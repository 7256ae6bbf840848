import Locations

/// A piece of HTML, in which every text is escaped but what stands in this module's own source.
///
/// `"<p>\(name)</p>"` is markup with the text of `name` in it, whatever that holds: a string can only come in as text,
/// and markup only from a literal.
package struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The HTML.
  package private(set) var text: String

  // A literal of another type than `StaticString` would let in text that was read somewhere.
  /// The HTML of a literal.
  package init(stringLiteral value: StaticString) { text = value.description }

  /// The HTML of a literal with values in it.
  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// What a literal with values in it is made of.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
    package mutating func appendInterpolation(_ value: String) { text += Markup.escaped(value) }
    package mutating func appendInterpolation(_ value: some BinaryInteger) { text += "\(value)" }
    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    package mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }
    package mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { text += piece.text }
    }
  }

  static func += (markup: inout Markup, other: Markup) { markup.text += other.text }

  /// `text` as it may stand between tags and in a quoted attribute; control and bidirectional characters are shown by
  /// their number, since they could make a name look like another.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in displayText(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

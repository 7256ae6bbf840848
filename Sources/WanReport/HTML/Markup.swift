import Locations

/// A piece of HTML in which every text is escaped, except for literals in this module's source.
///
/// `"<p>\(name)</p>"` is markup that shows the text of `name`, whatever it contains: a string is always
/// escaped, and only a literal is markup.
package struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The HTML.
  package private(set) var text: String

  // A literal of another type than `StaticString` would allow text that was read from an input.
  /// Markup from a literal.
  package init(stringLiteral value: StaticString) { text = value.description }

  /// Markup from a literal with values in it.
  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Builds markup from a literal with values in it.
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

  /// `text` in a form that is safe between tags and in a quoted attribute. Control and bidirectional
  /// characters are shown by number, since they could make a name look like another.
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

/// How a text of a document is quoted in a message: short, on one line, and without control characters.
package struct Excerpts: Sendable {
  /// Hides the secrets of a text, such as the query of a URL.
  package var redact: @Sendable (String) -> String

  /// Excerpts of texts that `redact` has passed.
  package init(redact: @escaping @Sendable (String) -> String = { $0 }) { self.redact = redact }

  /// At most 40 characters of `text` in back quotes; a character that cannot be shown is named by its code point.
  package func callAsFunction(_ text: some StringProtocol) -> String {
    var shown = ""
    let scalars = redact(String(text)).unicodeScalars
    for scalar in scalars.prefix(40) {
      if scalar.properties.generalCategory.isVisible {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "<\(scalar.codePointName)>"
      }
    }
    return scalars.dropFirst(40).isEmpty ? "`\(shown)`" : "`\(shown)…`"
  }
}

extension Unicode.Scalar {
  /// The code point as the Unicode standard writes it: `U+200B`.
  package var codePointName: String { "U+" + value.hexadecimal(digits: 4) }
}

extension FixedWidthInteger {
  /// The number in upper-case hexadecimal digits, with leading zeros up to `digits`.
  package func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16, uppercase: true)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}

extension Unicode.GeneralCategory {
  /// Whether scalars of this category leave a mark or a blank on the screen.
  package var isVisible: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}

import Locations

// How text of a file is shown in a message: short, on one line, and without control characters.

extension StringProtocol {
  /// At most 40 characters of the text, in back quotes; what cannot be shown is named by its code point.
  var excerpt: String {
    var shown = ""
    let scalars = Redactor.value(String(self)).unicodeScalars
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
  var codePointName: String { "U+" + value.hexadecimal(digits: 4) }
}

extension FixedWidthInteger {
  /// The number in upper-case hexadecimal digits, with zeros in front up to `digits`.
  func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16, uppercase: true)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}

extension Unicode.GeneralCategory {
  /// Whether scalars of this category leave a mark or a blank where they stand.
  var isVisible: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}

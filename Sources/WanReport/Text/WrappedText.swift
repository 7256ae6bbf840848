/// Text folded for a terminal: at spaces, and within a word only where the word is longer than a whole line.
package enum WrappedText {
  /// With less room than this after the indent, lines hang by a small indent instead.
  private static let leastRoom = 20
  private static let smallIndent = 4

  /// `text`, whose first line begins in column `indent`, in lines of at most `width` columns; further lines hang at
  /// `indent`. Without a width it stays one line.
  package static func folded(_ text: String, indent: Int, width: Int?) -> String {
    guard let width, indent + columns(text) > width else { return text }
    let hanging = width - indent >= leastRoom ? indent : smallIndent
    var lines: [String] = []
    var line = ""
    var room = max(1, width - indent)
    func end() {
      while line.hasSuffix(" ") { line.removeLast() }
      lines.append(line)
      line = ""
      room = max(1, width - hanging)
    }
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let separator = line.isEmpty ? "" : " "
      if columns(line) + separator.count + columns(word) <= room {
        line += separator + word
        continue
      }
      if !line.isEmpty { end() }
      for character in word {
        if columns(line) + columns(String(character)) > room, !line.isEmpty { end() }
        line.append(character)
      }
    }
    end()
    return lines.joined(separator: "\n" + String(repeating: " ", count: hanging))
  }

  /// The columns that `text` takes at most: terminals disagree about what is wide.
  static func columns(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
  }
}

extension String {
  /// The text with spaces after it up to `width` characters.
  package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// Each line of the text after so many spaces.
  package func indented(by count: Int) -> String {
    let indent = String(repeating: " ", count: count)
    return split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
  }
}

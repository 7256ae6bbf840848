import Locations

/// Text for GitHub Flavored Markdown that shows as it is: it starts no markup, no link and no mention.
package enum MarkdownText {
  /// `text` as prose, also in a cell of a table.
  ///
  /// A host looks for mentions, issues and addresses in the rendered text, where escapes are gone. So a word
  /// joiner (U+2060, which has no width) splits what would be one. A word that could name a commit becomes
  /// code, which hosts do not search and which can be copied.
  package static func prose(_ text: String) -> String {
    let scalars = Array(displayText(text).unicodeScalars)
    var escaped = ""
    var behindCommit = 0
    for (place, scalar) in scalars.enumerated() {
      if place < behindCommit { continue }
      if let end = commitEnd(at: place, in: scalars) {
        escaped += "`\(String(String.UnicodeScalarView(scalars[place..<end])))`"
        behindCommit = end
        continue
      }
      switch scalar {
      // Entities, because a backslash could be misread before a table's bar and in HTML.
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "|": escaped += "&#124;"
      case "\\": escaped += "&#92;"
      case "@", "#": escaped += "\\\(scalar)\(joiner)"
      case ":" where scalars[(place + 1)...].starts(with: "//".unicodeScalars): escaped += ":\(joiner)"
      case "`", "*", "_", "[", "]", "(", ")", "!", "~", "$", "{", "}", "\"", "'": escaped += "\\\(scalar)"
      case "-" where endsWord("gh", before: place, in: scalars): escaped += "-\(joiner)"
      case "." where endsWord("www", before: place, in: scalars): escaped += "\(joiner)."
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// `text` as inline code. Backslashes and backticks stay, so that a command can be copied.
  package static func code(_ text: String) -> String {
    let shown = displayText(text)
    var (longest, run) = (0, 0)
    // By scalars: a combining mark after a backtick makes another character of both, but the
    // backtick still ends code.
    for scalar in shown.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(shown) \(fence)"
  }

  private static let joiner = "\u{2060}"

  /// The end of the word at `place` if a host could take it for the name of a commit: 7 to 40 hexadecimal
  /// digits. A word of decimal digits only does not count, since reports are full of numbers.
  private static func commitEnd(at place: Int, in scalars: [Unicode.Scalar]) -> Int? {
    guard scalars[place].properties.isASCIIHexDigit,
      place == 0 || !isWord(scalars[place - 1])
    else { return nil }
    let end = scalars[place...].firstIndex { !$0.properties.isASCIIHexDigit } ?? scalars.endIndex
    guard (7...40).contains(end - place), end == scalars.endIndex || !isWord(scalars[end]) else { return nil }
    return scalars[place..<end].allSatisfy { ("0"..."9").contains($0) } ? nil : end
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }

  /// Whether the scalars before `place` end in `word`, ignoring case.
  private static func endsWord(_ word: String, before place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let start = place - word.unicodeScalars.count
    guard start >= 0 else { return false }
    return String(String.UnicodeScalarView(scalars[start..<place])).lowercased() == word
  }
}

import Locations

/// Text in GitHub Flavored Markdown that shows as it is and starts nothing: no markup, no link, no mention.
package enum MarkdownText {
  /// `text` as prose, also in a cell of a table.
  ///
  /// A host looks for mentions, issues and addresses in what was rendered, where no escape is left to see: a word joiner
  /// (U+2060, which has no width) parts what would be one. What could name a commit is code, where no host looks for
  /// one and which can be copied.
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
      // Entities where a backslash could itself be misread: before a table's bar, and in HTML.
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

  /// `text` as code in a line; backslashes and backticks stay as they are, so that a command can be copied.
  package static func code(_ text: String) -> String {
    let shown = displayText(text)
    var (longest, run) = (0, 0)
    // By scalars: a mark that combines with a backtick makes another character of it, and no other code fence.
    for scalar in shown.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(shown) \(fence)"
  }

  private static let joiner = "\u{2060}"

  /// Where what begins at `place` ends, if a host could take it for the name of a commit: a word of 7 to 40 hexadecimal
  /// digits, not all of them decimal, since numbers are all over a report.
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

  /// Whether the scalars before `place` end in `word`, in whatever case.
  private static func endsWord(_ word: String, before place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    let start = place - word.unicodeScalars.count
    guard start >= 0 else { return false }
    return String(String.UnicodeScalarView(scalars[start..<place])).lowercased() == word
  }
}

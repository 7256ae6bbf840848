import AssetSource

/// The title of a page as it may stand in a message.
enum PageTitleText {
  /// Characters of a title that are shown at most, escapes counted in full.
  private static let limit = 80

  /// A title as people may see it: shortened, nothing invisible in it, and no query that the page repeats.
  static func shown(_ title: String) -> String {
    let title = title.split(separator: " ").map(withoutQuery).joined(separator: " ")
    let whole = displayText(title)
    guard whole.unicodeScalars.count > limit else { return whole }
    var text = ""
    var room = limit - 1
    for scalar in title.unicodeScalars {
      // Never half an escape.
      let next = displayText(String(scalar))
      room -= next.unicodeScalars.count
      if room < 0 { break }
      text += next
    }
    return text + "…"
  }

  /// A word up to its question mark, if what follows could be a query.
  private static func withoutQuery(_ word: Substring) -> String {
    guard let mark = word.utf8.firstIndex(of: UInt8(ascii: "?")),
      word.utf8[mark...].contains(UInt8(ascii: "="))
    else { return String(word) }
    return word[..<mark] + "?…"
  }
}

/// How much room text takes on a line of a terminal: never less than it really takes.
package enum TerminalColumns {
  /// The columns that `text` takes at most.
  ///
  /// Terminals disagree about what is wide; two for everything but ASCII is enough for all of them.
  package static func count(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
  }

  /// `text` in at most `limit` columns: what is too much goes from the middle; empty if there is no room at all.
  package static func shorten(_ text: String, to limit: Int) -> String {
    guard count(text) > limit else { return text }
    let room = limit - count(gap)
    guard room > 0 else { return "" }
    // The end of a location, where its name is, says more than its beginning.
    let tail = longest(text.reversed(), in: room - room / 2)
    let head = longest(text, in: room - tail.columns)
    return String(head.characters) + gap + String(tail.characters.reversed())
  }

  private static let gap = "…"

  /// As many characters as fit, none of them cut.
  private static func longest(
    _ characters: some Sequence<Character>, in room: Int
  ) -> (characters: [Character], columns: Int) {
    var fitting: [Character] = []
    var columns = 0
    for character in characters {
      let width = count(String(character))
      guard columns + width <= room else { break }
      fitting.append(character)
      columns += width
    }
    return (fitting, columns)
  }
}

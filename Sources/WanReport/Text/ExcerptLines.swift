import WanCheck

/// The line of a job file below a finding, with carets under the value: both as wide as the terminal allows.
struct ExcerptLines {
  /// Columns of a line that are shown where there is no terminal.
  private static let usualRoom = 100
  /// Less room than this is not worth two lines.
  private static let leastRoom = 16
  private static let smallIndent = 4

  private let excerpt: SourceExcerpt
  private let number: String
  private let indent: Int
  private let room: Int

  /// The lines of `excerpt`, which is line number `line` of its file, hanging at `indent` where there is room.
  init(_ excerpt: SourceExcerpt, line: Int, indent: Int, width: Int?) {
    self.excerpt = excerpt
    number = "\(line)"
    let gutter = number.count + 3
    let hanging = width.map { $0 - indent - gutter >= 2 * Self.leastRoom } ?? true
    self.indent = hanging ? indent : Self.smallIndent
    if let width { room = width - self.indent - gutter } else { room = Self.usualRoom }
  }

  /// Two lines, the carets in `style`; nothing where there is no room for them.
  func text(_ palette: Palette, _ style: Palette.Style) -> String {
    guard room >= Self.leastRoom else { return "" }
    let parts = window
    let margin = String(repeating: " ", count: indent)
    let blank = String(repeating: " ", count: number.count)
    let spaces = String(repeating: " ", count: TerminalWidth.of(parts.before))
    let carets = String(repeating: "^", count: max(1, TerminalWidth.of(parts.value)))
    return margin + palette.paint("\(number) | ", .faint) + parts.before + parts.value + parts.after + "\n"
      + margin + palette.paint("\(blank) | ", .faint) + spaces + palette.paint(carets, style) + "\n"
  }

  /// The part of the line that fits, with the value in it; `…` is where something is left out.
  private var window: (before: String, value: String, after: String) {
    let (before, value, after) = (excerpt.before.trimmedAtStart, excerpt.value, excerpt.after.trimmedAtEnd)
    var left = room
    // What comes before the value has a third of the room, or what the rest of the line does not need.
    let rest = TerminalWidth.of(value) + TerminalWidth.of(after)
    let lead = TerminalWidth.fitting(before, max(room / 3, room - rest), atEnd: true)
    left -= TerminalWidth.of(lead)
    let shown = TerminalWidth.fitting(value, left, atEnd: false)
    left -= TerminalWidth.of(shown)
    return (lead, shown, shown == value ? TerminalWidth.fitting(after, left, atEnd: false) : "")
  }
}

/// The columns that text takes in a terminal.
enum TerminalWidth {
  /// The columns of `text`: two for a wide character or an emoji, none for a mark that combines with the one before it.
  static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// The beginning or the end of `text` that fits into `room` columns, with `…` in place of what does not.
  static func fitting(_ text: String, _ room: Int, atEnd: Bool) -> String {
    guard of(text) > room else { return text }
    guard room > 0 else { return "" }
    var left = room - 1
    func fits(_ character: Character) -> Bool {
      left -= of(character)
      return left >= 0
    }
    return atEnd
      ? "…" + String(text.reversed().prefix(while: fits).reversed()) : text.prefix(while: fits) + "…"
  }

  private static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // The selector that shows a sign as an emoji.
      if scalar == "\u{FE0F}" { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks of wide and full-width characters (Unicode Standard Annex 11).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18D08,
    0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  fileprivate var trimmedAtStart: String { String(drop(while: \.isWhitespace)) }
  fileprivate var trimmedAtEnd: String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}

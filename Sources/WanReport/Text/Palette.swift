/// Colours of a terminal, or none.
struct Palette: Sendable {
  enum Style: String {
    case good = "32"
    case bad = "1;31"
    case doubtful = "33"
    case strong = "1"
    case faint = "2"
    case fix = "36"
  }

  var enabled: Bool

  func paint(_ text: String, _ style: Style) -> String {
    enabled && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

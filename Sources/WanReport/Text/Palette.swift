/// Colours of a terminal, or none.
package struct Palette: Sendable {
  /// What a colour stands for.
  package enum Style: String {
    case good = "32"
    case bad = "1;31"
    case doubtful = "33"
    case strong = "1"
    case faint = "2"
    case fix = "36"
  }

  /// Whether there are colours.
  package var enabled: Bool

  /// Colours, or none.
  package init(enabled: Bool) { self.enabled = enabled }

  /// `text` in the colour of `style`.
  package func paint(_ text: String, _ style: Style) -> String {
    enabled && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

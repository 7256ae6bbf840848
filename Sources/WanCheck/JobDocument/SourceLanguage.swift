/// The language of a rewritten text, with what it takes to undo the rewriting.
enum SourceLanguage {
  case json(JSONBridge)
  case yaml(YAMLBridge)

  /// What follows the `*` of an alias, if `text`, a plain scalar, is one.
  func aliasName(_ text: String) -> Substring? {
    if case .yaml(let bridge) = self { bridge.aliasName(text) } else { nil }
  }

  /// `text`, a scalar of the rewritten text, as the user wrote it.
  func restore(_ text: String) -> String {
    switch self {
    case .yaml(let bridge):
      return bridge.restore(text)
    case .json(let bridge):
      guard let standIn = bridge.markStandIn, text.unicodeScalars.first == standIn else { return text }
      return "\u{FEFF}" + String(text.unicodeScalars.dropFirst())
    }
  }
}

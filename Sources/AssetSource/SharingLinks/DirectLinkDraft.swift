/// A direct link under construction: as it is, and as people may see it.
///
/// Parts of a path are shown, as they are in every report; what a query says is not.
struct DirectLinkDraft: Sendable {
  private var exact: String
  private var shown: String
  private var hasQuery = false

  /// `https://`, a host, and a path that begins with a slash and holds nothing from a query.
  init(host: String, path: String) {
    exact = "https://\(host)\(path)"
    shown = exact
  }

  /// The finished link; `nil` if it is no URL.
  var link: DirectLink? {
    AssetURL.read(exact).url.map { DirectLink(url: $0, displayText: AssetSource.displayText(shown)) }
  }

  /// With a part of the path that came from a query.
  func path(hidden text: Substring) -> DirectLinkDraft {
    var draft = self
    draft.exact += text
    draft.shown += "…"
    return draft
  }

  /// With parameters of the first link: byte for byte, their values hidden, and the names that not everybody
  /// has in such a link, too.
  func keeping(_ parameters: [RawQuery.Parameter], showing names: Set<String> = []) -> DirectLinkDraft {
    parameters.reduce(self) { draft, parameter in
      let isKnown = parameter.hasValue && names.contains(String(parameter.name))
      return draft.parameter(exactly: parameter.text, shown: isKnown ? "\(parameter.name)=…" : "…")
    }
  }

  /// With a parameter that holds nothing of the first link's query.
  func adding(_ text: String) -> DirectLinkDraft { parameter(exactly: text[...], shown: text) }

  /// With a parameter whose value came from the first link's query.
  func adding(_ name: String, hidden value: Substring) -> DirectLinkDraft {
    parameter(exactly: "\(name)=\(value)", shown: "\(name)=…")
  }

  private func parameter(exactly text: Substring, shown: String) -> DirectLinkDraft {
    var draft = self
    let mark = hasQuery ? "&" : "?"
    draft.exact += mark + text
    draft.shown += mark + shown
    draft.hasQuery = true
    return draft
  }
}

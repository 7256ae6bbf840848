/// The template of a direct link, in the table of services.
struct DirectForm: Sendable {
  /// Host, path and query. `{host}` and `{path}` are those of the link, `{name}` what its path's pattern captured, `{$name}`
  /// the value of a parameter in its query, without which there is no direct form (`{$a|b}`: of `b`, if there is no `a`),
  /// `[name]` a parameter that is kept if it is there, and `[*]` all parameters that `others` keeps.
  let address: String
  let others: SharingService.Others
  /// A parameter without which there is no direct form.
  let needs: String?
  /// Parameters (`dl=1`) that make the link direct already.
  let unless: [String]

  /// Whether the link is direct already.
  func isDirect(_ page: SharedPage) -> Bool {
    unless.contains { parameter in
      let parts = parameter.split(separator: "=")
      return parts.count == 2 && page.query.value(String(parts[0])) == parts[1]
    }
  }

  /// The direct link; `nil` if a required part is missing, or the result is not a URL.
  func link(
    from page: SharedPage, _ match: PathPattern.Match, _ part: ((Substring) -> String?)?
  ) -> DirectLink? {
    if let needs, page.query.value(needs) == nil { return nil }
    var link = (exact: "https://", shown: "https://")
    let halves = address.split(separator: "?")
    guard let place = halves.first, append(place, to: &link, page, match, part) else { return nil }
    var mark = "?"
    func add(_ exact: Substring, shown: String) {
      link.exact += mark + exact
      link.shown += mark + shown
      mark = "&"
    }
    for parameter in halves.dropFirst().first?.split(separator: "&") ?? [] {
      if parameter == "[*]" {
        for kept in page.query.parameters where !others.but.contains(kept.name) {
          let isKnown = kept.hasValue && others.showing.contains(kept.name)
          add(kept.text, shown: isKnown ? "\(kept.name)=…" : "…")
        }
      } else if parameter.hasPrefix("[") {
        let name = parameter.dropFirst().dropLast()
        if let value = page.query.value(String(name)) { add("\(name)=\(value)", shown: "\(name)=…") }
      } else {
        var text = (exact: "", shown: "")
        guard append(parameter, to: &text, page, match, part) else { return nil }
        add(text.exact[...], shown: text.shown)
      }
    }
    return AssetURL.read(link.exact).url.map {
      DirectLink(url: $0, displayText: displayText(PathCredentials.redact(link.shown)))
    }
  }

  /// Appends a filled-in template; returns whether every required part was there.
  private func append(
    _ template: Substring, to text: inout (exact: String, shown: String), _ page: SharedPage,
    _ match: PathPattern.Match, _ part: ((Substring) -> String?)?
  ) -> Bool {
    var rest = template
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      var value: String?
      var isHidden = false
      switch name {
      case "host": value = page.host
      case "path": value = "/" + match.components.joined(separator: "/")
      case _ where name.hasPrefix("$"):
        isHidden = true
        let names = name.dropFirst().split(separator: "|").map(String.init)
        let found = names.first { name in page.query.parameters.contains { $0.name == name } }
        let raw = found.flatMap { page.query.value($0) }
        value = part.map { change in raw.flatMap(change) } ?? raw.map(String.init)
      default: value = match.parts[name].map(String.init)
      }
      guard let value else { return false }
      text.exact += rest[..<open] + value
      text.shown += rest[..<open] + (isHidden ? "…" : value)
      rest = rest[rest.index(after: close)...]
    }
    text.exact += rest
    text.shown += rest
    return true
  }
}

/// The parameters of a query as they are written.
struct RawQuery: Sendable {
  /// One parameter.
  struct Parameter: Sendable {
    /// Name, equals sign and value as given.
    var text: Substring
    /// What is before the first equals sign.
    var name: Substring
    /// Whether there is an equals sign.
    var hasValue: Bool
    /// What is after the first equals sign.
    var value: Substring
  }

  /// All of them in their order.
  let parameters: [Parameter]

  init(_ query: String) {
    parameters = query.split(separator: "&").map { text in
      let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
      return Parameter(
        text: text, name: text[..<(equals ?? text.endIndex)], hasValue: equals != nil,
        value: equals.map { text[text.utf8.index(after: $0)...] } ?? "")
    }
  }

  /// The value of `name`; `nil` if it is missing, doubled or empty.
  func value(_ name: String) -> Substring? {
    let found = parameters.filter { $0.name == name[...] }
    guard found.count == 1, let value = found.first?.value, !value.isEmpty else { return nil }
    return value
  }
}

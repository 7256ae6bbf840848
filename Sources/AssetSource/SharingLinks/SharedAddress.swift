/// The parts of a URL that tell what a sharing host would show; nothing is decoded.
struct SharedAddress: Sendable {
  /// The normalised host name.
  let host: String
  /// The path as given, without a slash at its end.
  let path: String
  /// The components of the path between its slashes.
  let components: [Substring]
  /// The query.
  let query: RawQuery

  /// The parts of a URL on the standard port of a named host; `nil` for any other.
  init?(_ url: AssetURL) {
    guard case .name = url.host.kind, [nil, 80, 443].contains(url.port) else { return nil }
    host = url.host.text
    path = String(url.path.hasSuffix("/") ? url.path.dropLast() : url.path[...])
    components = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(\.self)
    query = RawQuery(url.query ?? "")
  }

  /// The component at `index`; empty if there is none.
  subscript(_ index: Int) -> Substring { components.indices.contains(index) ? components[index] : "" }

  /// The component behind the first one that is `name`, if there is one and it is not empty.
  func component(after name: String) -> Substring? {
    guard let index = components.firstIndex(of: name[...]) else { return nil }
    let next = self[index + 1]
    return next.isEmpty ? nil : next
  }

  /// The path with the component at `index` exchanged.
  func path(replacing index: Int, with component: String) -> String {
    var changed = components
    if changed.indices.contains(index) { changed[index] = component[...] }
    return "/" + changed.joined(separator: "/")
  }
}

/// The parameters of a query as they are written.
struct RawQuery: Sendable {
  /// One parameter.
  struct Parameter: Sendable {
    /// Name, equals sign and value as given.
    var text: Substring
    /// What stands before the first equals sign.
    var name: Substring
    /// Whether there is an equals sign.
    var hasValue: Bool
    /// What stands behind the first equals sign.
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

  /// Whether `name` is there once, with this value.
  func says(_ name: String, _ value: String) -> Bool { self.value(name) == value[...] }

  /// All parameters but those of these names.
  func without(_ names: Set<String>) -> [Parameter] {
    parameters.filter { !names.contains(String($0.name)) }
  }
}

/// A sharing host: a row of the table of services.
struct SharingService: Sendable {
  /// The well-known name.
  let name: String
  /// Host names; `*.` at the start is one or more labels.
  let hosts: [String]
  /// The first rule that matches counts. A link that no rule matches is a file, or is not known.
  let rules: [Rule]

  init(_ name: String, _ hosts: String, _ rules: [Rule]) {
    (self.name, self.rules) = (name, rules)
    self.hosts = hosts.split(separator: " ").map(String.init)
  }

  /// The service of a normalised host name: the whole name, or a suffix of whole labels.
  static func named(_ host: String) -> SharingService? {
    if let service = byHost[host] { return service }
    var rest = host[...]
    while let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) {
      rest = rest[rest.utf8.index(after: dot)...]
      if let service = byHost["*.\(rest)"] { return service }
    }
    return nil
  }

  // A test finds a host that is in two services; here, the first one counts.
  private static let byHost = Dictionary(
    all.flatMap { service in service.hosts.map { ($0, service) } }, uniquingKeysWith: { first, _ in first })
}

extension SharingService {
  /// What links of one form lead to.
  struct Rule: Sendable {
    let patterns: [PathPattern]
    let target: Target
    private let part: (@Sendable (Substring) -> String?)?

    /// A rule for paths of some patterns, with spaces between them.
    ///
    /// `part` changes a captured part, or the query value that the direct form has in its path. If it returns `nil`, the
    /// rule does not match.
    init(_ patterns: String, _ target: Target, part: (@Sendable (Substring) -> String?)? = nil) {
      self.patterns = patterns.split(separator: " ").map { PathPattern($0) }
      (self.target, self.part) = (target, part)
    }

    /// The outcome for a page by this rule; `nil` if the rule does not match.
    func outcome(of page: SharedPage) -> Outcome? {
      guard var match = patterns.lazy.compactMap({ $0.match(page.components) }).first else { return nil }
      if let part {
        for (name, text) in match.parts {
          guard let changed = part(text) else { return nil }
          match.parts[name] = changed[...]
        }
      }
      switch target {
      case .file: return .file
      case .obstacle(let obstacle): return .obstacle(obstacle)
      case .direct(let form):
        if form.isDirect(page) { return .file }
        guard let link = form.link(from: page, match, part) else {
          return part == nil ? .obstacle(.unclear) : nil
        }
        return .direct(link)
      }
    }
  }

  /// What the table contains for a link.
  enum Target: Sendable {
    /// The link is direct already.
    case file
    /// There is no direct form.
    case obstacle(SharingLink.Obstacle)
    /// There is a direct form.
    case direct(DirectForm)

    static let noDirectLinks = Target.obstacle(.noDirectLinks)
    static let notOneFile = Target.obstacle(.notOneFile)
    static let notShared = Target.obstacle(.notShared)
    static let unclear = Target.obstacle(.unclear)

    static func direct(
      _ address: String, others: Others = Others(), needs: String? = nil, unless: String...
    ) -> Target {
      .direct(DirectForm(address: address, others: others, needs: needs, unless: unless))
    }
  }

  /// The result for a link.
  enum Outcome: Sendable {
    case file
    case obstacle(SharingLink.Obstacle)
    case direct(DirectLink)
  }

  /// What is kept of a link's query: all parameters but some, and the names that can be shown.
  struct Others: Sendable {
    let but: Set<Substring>
    let showing: Set<Substring>

    init(but: String = "", showing: String = "") {
      self.but = Set(but.split(separator: " "))
      self.showing = Set(showing.split(separator: " "))
    }
  }
}

/// The parts of a link that determine what a sharing host would show. Nothing is decoded.
struct SharedPage: Sendable {
  let host: String
  /// The components of the path, without an empty one at its end.
  let components: [Substring]
  let query: RawQuery

  init(_ url: AssetURL) {
    host = url.host.text
    let path = url.path.hasSuffix("/") ? url.path.dropLast() : url.path[...]
    components = Array(path.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
    query = RawQuery(url.query ?? "")
  }
}

/// A pattern for the path of a link.
///
/// Its components are words (`a|b` is one or the other, `a*` any that begins so, `a>b` one that the direct form replaces by
/// `b`), `*` (one of any kind), `{name}` (one that is not empty, captured), `**` (any number), and at the end `{name**}` (one
/// or more, none empty, captured).
struct PathPattern: Sendable {
  /// What a pattern found in a path.
  struct Match: Sendable {
    /// What was captured.
    var parts: [String: Substring] = [:]
    /// The components, words replaced.
    var components: [Substring]
  }

  let components: [Substring]

  init(_ text: Substring) { components = text.split(separator: "/") }

  /// What the pattern finds, if it covers the whole path. Each `**` covers as little as it can.
  ///
  /// As with any such pattern, only the last `**` has to be tried again, so that the time stays bounded.
  func match(_ path: [Substring]) -> Match? {
    var match = Match(components: path)
    var (pattern, index) = (0, 0)
    var retry: (pattern: Int, index: Int, match: Match)?
    while index < path.count || pattern < components.count {
      if pattern < components.count {
        let component = components[pattern]
        if component == "**" {
          pattern += 1
          retry = (pattern, index, match)
          continue
        }
        if component.hasSuffix("**}") {
          let rest = path[index...]
          if !rest.isEmpty, rest.allSatisfy({ !$0.isEmpty }) {
            match.parts[String(component.dropFirst().dropLast(3))] = rest.joined(separator: "/")[...]
            return match
          }
        } else if index < path.count, Self.matches(component, path[index], at: index, &match) {
          (pattern, index) = (pattern + 1, index + 1)
          continue
        }
      }
      guard let last = retry, last.index < path.count else { return nil }
      retry?.index += 1
      (pattern, index, match) = (last.pattern, last.index + 1, last.match)
    }
    return match
  }

  private static func matches(
    _ pattern: Substring, _ component: Substring, at index: Int, _ match: inout Match
  ) -> Bool {
    if pattern == "*" { return true }
    if pattern.hasPrefix("{") {
      match.parts[String(pattern.dropFirst().dropLast())] = component
      return !component.isEmpty
    }
    let sides = pattern.split(separator: ">")
    let isFound = sides.first?.split(separator: "|").contains { word in
      word.hasSuffix("*") ? component.hasPrefix(word.dropLast()) : component == word
    }
    if sides.count > 1 { match.components[index] = sides[1] }
    return isFound ?? false
  }
}

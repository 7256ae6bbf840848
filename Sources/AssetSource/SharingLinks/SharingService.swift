/// One sharing host, and how it writes its links.
struct SharingService: Sendable {
  /// What a link on such a host comes to.
  enum Target: Sendable {
    /// Its direct form.
    case direct(DirectLinkDraft)
    /// There is none.
    case obstacle(SharingLink.Obstacle)
  }

  /// The name that people know.
  let name: String
  /// Host names; `*.` in front stands for one or more labels.
  let hosts: [String]
  /// What a link comes to; `nil` if it is direct already, or nothing is known of its kind.
  let target: @Sendable (SharedAddress) -> Target?

  init(_ name: String, _ hosts: String..., target: @escaping @Sendable (SharedAddress) -> Target?) {
    self.init(name, hosts, target: target)
  }

  init(_ name: String, _ hosts: [String], target: @escaping @Sendable (SharedAddress) -> Target?) {
    (self.name, self.hosts, self.target) = (name, hosts, target)
  }

  /// A service with the same answer to every link.
  static func closed(_ name: String, _ hosts: String...) -> SharingService {
    SharingService(name, hosts) { _ in .obstacle(.noDirectLinks) }
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

  static let all: [SharingService] = google + microsoft + fileHosts + codeHosts + pictureHosts + closedHosts

  // A host in two services is a mistake that a test finds; the first one counts.
  private static let byHost = Dictionary(
    all.flatMap { service in service.hosts.map { ($0, service) } }, uniquingKeysWith: { first, _ in first })
}

import ArgumentParser
import AssetSource

/// The options of every command that asks servers for files.
struct FetchingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ask servers through this HTTP proxy (default: what http_proxy, https_proxy, all_proxy and no_proxy say).",
      valueName: "url"))
  var proxy: String?

  @Option(help: ArgumentHelp("What servers are told who asks.", valueName: "text"))
  var userAgent: String?

  @Flag(help: "Show the queries of URLs on standard output.")
  var showUrls = false

  func validate() throws {
    if let proxy, ProxyServer(proxy) == nil {
      throw ValidationError("--proxy is the URL of an HTTP proxy, such as http://proxy.example.net:3128")
    }
    guard let userAgent else { return }
    if userAgent.allSatisfy(\.isWhitespace) { throw ValidationError("--user-agent is empty") }
    if userAgent.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw ValidationError("--user-agent has a control character")
    }
  }

  /// Which proxy requests go through.
  var proxyChoice: ProxyChoice { proxy.flatMap { ProxyServer($0) }.map { .server($0) } ?? .environment }

  /// What servers are told who asks.
  var agent: String { userAgent ?? Self.usualAgent }

  /// What they are told by default.
  static let usualAgent = "wan-check/\(ToolVersion.current)"

  /// The options that say how servers are asked, for another command that asks them the same way.
  var arguments: [String] {
    [("--proxy", proxy), ("--user-agent", userAgent)].flatMap { name, value in
      value.map { [name, $0] } ?? []
    }
  }
}

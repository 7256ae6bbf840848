import ArgumentParser
import AssetSource

/// The options of every command that fetches files from servers.
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

  /// The proxy for requests.
  var proxyChoice: ProxyChoice { proxy.flatMap { ProxyServer($0) }.map { .server($0) } ?? .environment }

  /// The value of the `User-Agent` header.
  var agent: String { userAgent ?? Self.usualAgent }

  /// The default of the `User-Agent` header.
  static let usualAgent = "wan-check/\(ToolVersion.current)"

  /// The same options as arguments, for a command that continues this one.
  var arguments: [String] {
    [("--proxy", proxy), ("--user-agent", userAgent)].flatMap { name, value in
      value.map { [name, $0] } ?? []
    }
  }
}

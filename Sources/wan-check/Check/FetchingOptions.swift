import ArgumentParser
import AssetSource

/// The options of every command that fetches files from servers.
struct FetchingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Fetch through this HTTP proxy (default: http_proxy, https_proxy, all_proxy and no_proxy).",
      valueName: "url"))
  var proxy: String?

  @Option(help: ArgumentHelp("The User-Agent header of requests.", valueName: "text"))
  var userAgent: String?

  @Flag(help: "Show the queries of URLs on standard output.")
  var showUrls = false

  func validate() throws {
    if let proxy, ProxyServer(proxy) == nil {
      throw ValidationError(
        "`--proxy` must be the URL of an HTTP proxy, such as `http://proxy.example.net:3128`")
    }
    guard let userAgent else { return }
    if userAgent.allSatisfy(\.isWhitespace) { throw ValidationError("`--user-agent` must not be empty") }
    if userAgent.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw ValidationError("`--user-agent` must not contain control characters")
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

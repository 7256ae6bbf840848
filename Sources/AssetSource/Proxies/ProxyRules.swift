package import AssetOpening
import Foundation
package import Locations

/// Which proxy a URL goes through: a pure function of the choice and the environment.
package struct ProxyRules: Sendable, Hashable {
  private let choice: ProxyChoice
  private let environment: [String: String]

  package init(_ choice: ProxyChoice, environment: [String: String]) {
    self.choice = choice
    let names = [
      "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    ]
    self.environment = environment.filter { names.contains($0.key) }
  }

  /// The proxy for `url`; `nil`: none.
  /// - Throws: `AssetError` if a variable does not name an HTTP proxy. A direct connection would ignore the user's setting.
  package func server(for url: AssetURL) throws(AssetError) -> ProxyServer? {
    switch choice.kind {
    case .direct: return nil
    case .server(let server): return server
    case .environment: break
    }
    guard let (name, text) = variable(for: url), !bypasses(url) else { return nil }
    guard let server = ProxyServer(text) else {
      throw AssetError(.unreachable, message: "the environment variable \(name) does not name an HTTP proxy")
    }
    return server
  }

  private func variable(for url: AssetURL) -> (String, String)? {
    let names =
      (url.isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]) + ["all_proxy", "ALL_PROXY"]
    for name in names {
      if let text = environment[name], !text.isEmpty { return (name, text) }
    }
    return nil
  }

  /// `no_proxy`: hosts and domains between commas, a leading dot or not; `*` for all; a port if it is given.
  private func bypasses(_ url: AssetURL) -> Bool {
    let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    let host = url.host.text
    return list.split(whereSeparator: { $0 == "," || $0.isWhitespace }).contains { entry in
      var entry = entry.lowercased()
      if entry == "*" { return true }
      if let colon = entry.lastIndex(of: ":"), !entry.hasSuffix("]"), entry.count(where: { $0 == ":" }) == 1 {
        guard entry[entry.index(after: colon)...] == "\(url.effectivePort)" else { return false }
        entry = String(entry[..<colon])
      }
      entry = entry.trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
      guard !entry.isEmpty else { return false }
      return host == entry || (url.host.kind == .name && host.hasSuffix(".\(entry)"))
    }
  }
}

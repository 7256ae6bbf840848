import AssetSource
import Foundation
import SystemPackage

extension CheckOptions {
  /// The way from locations to bytes: local copies of what is mapped first, then files and servers.
  ///
  /// What is fetched is reported to `monitor`, if there is one.
  func opener(monitor: FetchMonitor?) -> any AssetOpener {
    let opener = unmappedOpener(monitor: monitor)
    guard !mappings.isEmpty else { return opener }
    return MappingAssetOpener(
      URLMappings(mappings), workingFolder: FilePath(FileManager.default.currentDirectoryPath), next: opener)
  }

  /// Files, and what servers hold; under `--offline`, files alone.
  private func unmappedOpener(monitor: FetchMonitor?) -> any AssetOpener {
    guard !offline else { return LocalAssetOpener() }
    var options = HTTPOptions()
    options.userAgent = userAgent ?? "wan-check/\(ToolVersion.current)"
    options.proxy = proxy.flatMap { ProxyServer($0) }.map { .server($0) } ?? .environment
    options.policy = AddressPolicy(allowsPrivateHosts: allowPrivateHosts)
    options.connections = concurrency
    return HTTPAssetOpener(options, monitor: monitor)
  }

  /// What is wrong with the options about fetching, as a clause for people; `nil` if nothing is.
  var fetchingProblem: String? {
    if let proxy, ProxyServer(proxy) == nil {
      return "--proxy is the URL of an HTTP proxy, such as http://proxy.example.net:3128"
    }
    if let userAgent {
      if userAgent.allSatisfy(\.isWhitespace) { return "--user-agent is empty" }
      if userAgent.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        return "--user-agent has a control character"
      }
    }
    for (index, mapping) in mappings.enumerated() {
      if mappings[..<index].contains(where: mapping.coversTheSame) {
        return "--map names \(AssetLocation(mapping.prefix.text).displayText) twice"
      }
    }
    return nil
  }
}

import ArgumentParser
import AssetSource
import Foundation
import Locations
import SystemPackage

extension CheckOptions {
  /// The way from locations to bytes: local copies of what is mapped first, then files and servers.
  ///
  /// What is fetched is reported to `monitor`.
  /// - Throws: `ValidationError` if a mapping is malformed, or its folder is not there.
  func opener(monitor: FetchMonitor) throws -> any AssetOpener {
    let opener = unmappedOpener(monitor: monitor)
    let mappings = try mappings
    guard !mappings.isEmpty else { return opener }
    return MappingAssetOpener(
      URLMappings(mappings), workingFolder: FilePath(FileManager.default.currentDirectoryPath), next: opener)
  }

  /// Files, and what servers hold; under `--offline`, files alone.
  private func unmappedOpener(monitor: FetchMonitor) -> any AssetOpener {
    guard !offline else { return LocalAssetOpener() }
    var options = HTTPOptions()
    options.userAgent = fetching.agent
    options.proxy = fetching.proxyChoice
    options.policy = AddressPolicy(allowsPrivateHosts: allowPrivateHosts)
    options.connections = concurrency
    return HTTPAssetOpener(options, monitor: monitor)
  }

  /// The mappings of `--map`.
  ///
  /// Not parsed as the option's own type: the parser would show a refused text as it is, secrets included.
  /// - Throws: `ValidationError` if one is malformed, its folder is not there, or two have the same prefix.
  var mappings: [URLMapping] {
    get throws {
      var mappings: [URLMapping] = []
      for argument in map {
        let mapping = try URLMapping(argument: argument)
        if mappings.contains(where: mapping.coversTheSame) {
          throw ValidationError(
            "--map names \(mapping.prefix.displayText) twice")
        }
        mappings.append(mapping)
      }
      // What the command line says of a prefix goes before what a file says.
      let own = mappings
      return own + settings.loaded.mappings.filter { mapping in !own.contains(where: mapping.coversTheSame) }
    }
  }
}

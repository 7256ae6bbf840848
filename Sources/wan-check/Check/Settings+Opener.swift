import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import Locations
import SystemPackage

extension Settings {
  /// An opener that tries local copies of mapped URLs first, then files and servers.
  ///
  /// Fetches are reported to `monitor`.
  /// - Throws: `ValidationError` if a mapping is malformed, or its folder does not exist.
  func opener(monitor: FetchMonitor) throws -> any AssetOpener {
    let opener = unmappedOpener(monitor: monitor)
    let mappings = try mappings
    guard !mappings.isEmpty else { return opener }
    return MappingAssetOpener(
      URLMappings(mappings), workingFolder: FilePath(FileManager.default.currentDirectoryPath), next: opener)
  }

  /// An opener for files and servers, or with `--offline` for files only.
  private func unmappedOpener(monitor: FetchMonitor) -> any AssetOpener {
    guard !options.offline else { return LocalAssetOpener() }
    var http = HTTPOptions()
    http.userAgent = options.fetching.agent
    http.proxy = options.fetching.proxyChoice
    http.policy = AddressPolicy(allowsPrivateHosts: options.allowPrivateHosts)
    http.connections = concurrency
    return HTTPAssetOpener(http, monitor: monitor)
  }

  /// The mappings of the command line, then those of the configuration file for other prefixes.
  private var mappings: [URLMapping] {
    get throws {
      let own = try options.mappings
      return own + file.mappings.filter { mapping in !own.contains(where: mapping.coversTheSame) }
    }
  }
}

extension CheckOptions {
  /// The mappings of `--map`.
  ///
  /// The option has the type String, because the parser would print a malformed value with its secrets.
  /// - Throws: `ValidationError` if one is malformed, its folder does not exist, or two have the same prefix.
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
      return mappings
    }
  }
}

extension URLMapping {
  /// Reads `URL-PREFIX=FOLDER`. The first equals sign is the separator; one in the prefix is written `%3D`.
  /// - Throws: `ValidationError` that says what is wrong.
  init(argument: String) throws {
    guard let equals = argument.firstIndex(of: "=") else {
      throw ValidationError(
        "`--map` must be URL-PREFIX=FOLDER, such as `https://cdn.example.net/media=./public`")
    }
    let prefix = String(argument[..<equals])
    let folder = String(argument[argument.index(after: equals)...])
    guard !folder.isEmpty, !folder.utf8.contains(0) else {
      throw ValidationError("`--map` must be URL-PREFIX=FOLDER; the folder is missing")
    }
    do throws(AssetURLProblem) {
      try self.init(prefix: prefix, folder: FilePath(folder))
    } catch {
      throw ValidationError("--map \(AssetLocation(prefix).displayText): \(error.message)")
    }
    guard FileKind(at: self.folder) == .folder else {
      throw ValidationError("--map \(displayText(self.folder)): there is no such folder")
    }
  }
}

import AssetSource
import Foundation
import Locations
import SystemPackage
import WanCheck

/// The configuration of this run, read and merged.
struct LoadedConfiguration: Sendable {
  /// What holds.
  var effective = EffectiveConfiguration()
  /// The configuration file for people; `nil` if there is none.
  var name: String?
  /// The configuration file; `nil` if there is none.
  var path: FilePath?
  /// The folder that paths in the file begin at, links resolved.
  var folder = FilePath(FileManager.default.currentDirectoryPath)
  /// The mappings of the file.
  var mappings: [URLMapping] = []

  /// Bytes that a configuration file may have.
  private static let longestFile = 1 << 20

  init() {}

  /// Reads the file that `options` name or that the working folder is under, and the environment, and merges them.
  /// - Throws: `Failure` with everything that is wrong.
  init(
    _ options: ConfigurationOptions, commandLine: EffectiveConfiguration.CommandLine,
    variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Failure) {
    let environment = ConfigurationEnvironment(variables)
    var problems = environment.problems.map(\.description)
    var file = ConfigurationFile()
    if let found = try Self.find(options) {
      name = found.name
      path = found.path
      let read = ConfigurationFile.read(
        try Self.bytes(of: found, isNamed: options.config != nil), named: found.name)
      problems += read.problems.map(\.description)
      file = read.file
      folder = found.path.removingLastComponent()
      for entry in file.map {
        do throws(ConfigurationProblem) {
          mappings.append(try Self.mapping(entry, folder: folder, root: found.root))
        } catch {
          problems.append(error.description)
        }
      }
    }
    guard problems.isEmpty else { throw Failure(messages: problems) }
    effective = EffectiveConfiguration(commandLine, environment: environment, file: file)
  }

  /// Everything that is wrong with a configuration, each as a line for people.
  struct Failure: Error {
    var messages: [String]
  }

  private static func find(_ options: ConfigurationOptions) throws(Failure) -> ConfigurationDiscovery.Found? {
    if options.noConfig { return nil }
    let working = FilePath(FileManager.default.currentDirectoryPath)
    guard let named = options.config else { return ConfigurationDiscovery.nearest(from: working) }
    guard !named.isEmpty, !named.utf8.contains(0) else { throw Failure(messages: ["--config names no file"]) }
    let path = working.pushing(FilePath(named))
    let parent = path.removingLastComponent()
    let folder = (try? PathConfinement(base: parent, folders: [parent]).place(".").path) ?? parent
    return ConfigurationDiscovery.Found(
      path: folder.appending(path.lastComponent.map { [$0] } ?? []),
      root: ConfigurationDiscovery.root(of: folder), name: named)
  }

  private static func bytes(
    of found: ConfigurationDiscovery.Found, isNamed: Bool
  ) throws(Failure) -> [UInt8] {
    if !isNamed { try checkTrust(in: found) }
    do throws(BoundedFile.Failure) {
      return try BoundedFile.bytes(of: found.path.string, limit: longestFile)
    } catch {
      throw Failure(messages: ["the configuration \(error.message)"])
    }
  }

  /// A file that nobody named is believed only where whoever works here could have written it.
  private static func checkTrust(in found: ConfigurationDiscovery.Found) throws(Failure) {
    let shown = displayText(found.name)
    guard let stat = try? Stat(found.path) else { return }
    // Nobody asked to wait for a FIFO that happens to have the name.
    guard stat.type == .regular else { throw Failure(messages: ["\(shown) is no file"]) }
    let folder = found.path.removingLastComponent()
    let place = try? PathConfinement(base: folder, folders: [found.root]).place(found.path.string)
    guard place?.isInside ?? false else {
      throw Failure(messages: [
        "\(shown) is a link out of the repository; name a file with --config, or give --no-config"
      ])
    }
    let working = try? Stat(FilePath(FileManager.default.currentDirectoryPath))
    guard stat.userID.rawValue == geteuid() || stat.userID.rawValue == 0 || stat.userID == working?.userID
    else {
      throw Failure(
        messages: [
          "\(shown) belongs to another user; name it with --config if you trust it, or give --no-config"
        ])
    }
  }

  /// A mapping of a file: whoever writes files of a repository may point into the repository, and nowhere else.
  private static func mapping(
    _ entry: Configured<ConfigurationFile.Mapping>, folder: FilePath, root: FilePath
  ) throws(ConfigurationProblem) -> URLMapping {
    let shown = displayText(entry.value.folder)
    let outside = ConfigurationProblem(
      "map: \(shown) is not inside the repository, and a file may map nothing else: use --map",
      at: entry.origin)
    guard !entry.value.folder.utf8.contains(0), !entry.value.folder.hasPrefix("/"),
      let place = try? PathConfinement(base: folder, folders: [root]).place(entry.value.folder),
      place.isInside
    else { throw outside }
    guard FileKind(at: place.path) == .folder else {
      throw ConfigurationProblem("map: there is no folder \(shown)", at: entry.origin)
    }
    do throws(AssetURLProblem) {
      return try URLMapping(prefix: entry.value.prefix, folder: place.path)
    } catch {
      throw ConfigurationProblem(
        "map: \(AssetLocation(entry.value.prefix).displayText): \(error.message)", at: entry.origin)
    }
  }
}

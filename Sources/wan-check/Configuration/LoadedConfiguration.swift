import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import Locations
import SystemPackage
import WanCheck

/// The options that select the configuration file.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read settings from this file (default: the nearest \(ConfigurationDiscovery.fileName) up to the repository's root).",
      valueName: "file"))
  var config: String?

  @Flag(help: "Read settings from no file.")
  var noConfig = false

  @Flag(help: "Print the settings in force and the source of each; check nothing.")
  var printConfig = false

  func validate() throws {
    if config != nil, noConfig { throw ValidationError("--config and --no-config exclude each other") }
  }
}

/// The reasons why the configuration cannot be used.
struct ConfigurationFailure: Error {
  /// All problems, each as a line for people.
  var messages: [String]
  /// Whether the file could not be read.
  var isUnreadable = false
}

/// The configuration file of a run.
struct LoadedConfiguration: Sendable {
  /// The settings in the file; empty without a file.
  private(set) var values = ConfigurationFile()
  /// The name of the file for people; `nil` if there is none.
  private(set) var name: String?
  /// The path of the file; `nil` if there is none.
  private(set) var path: FilePath?
  /// The folder that paths in the file are relative to, with links resolved.
  private(set) var folder = FilePath(FileManager.default.currentDirectoryPath)
  /// The mappings of the file.
  private(set) var mappings: [URLMapping] = []

  /// The largest configuration file, in bytes.
  private static let longestFile = 1 << 20

  /// Reads the file that `options` name, or the nearest one from the working folder; it may replace `limits`.
  /// - Throws: `ConfigurationFailure` with everything that is wrong.
  init(_ options: ConfigurationOptions, limits: Limits) throws(ConfigurationFailure) {
    guard let found = try Self.find(options) else { return }
    name = found.name
    path = found.path
    folder = found.path.removingLastComponent()
    let read = ConfigurationFile.read(
      try Self.bytes(of: found, isNamed: options.config != nil), named: found.name, limits: limits)
    values = read.file
    var problems = read.problems.map(\.description)
    for entry in values.map {
      do throws(ConfigurationProblem) {
        mappings.append(try Self.mapping(entry, folder: folder, root: found.root))
      } catch {
        problems.append(error.description)
      }
    }
    guard problems.isEmpty else { throw ConfigurationFailure(messages: problems) }
  }

  private static func find(_ options: ConfigurationOptions) throws(ConfigurationFailure)
    -> ConfigurationDiscovery.Found?
  {
    if options.noConfig { return nil }
    let working = FilePath(FileManager.default.currentDirectoryPath)
    guard let named = options.config else { return ConfigurationDiscovery.nearest(from: working) }
    guard !named.isEmpty, !named.utf8.contains(0) else { throw unreadable("--config names no file") }
    let path = working.pushing(FilePath(named))
    let parent = path.removingLastComponent()
    let folder = (try? PathConfinement(base: parent, folders: [parent]).place(".").path) ?? parent
    return ConfigurationDiscovery.Found(
      path: folder.appending(path.lastComponent.map { [$0] } ?? []),
      root: ConfigurationDiscovery.root(of: folder), name: named)
  }

  private static func unreadable(_ message: String) -> ConfigurationFailure {
    ConfigurationFailure(messages: [message], isUnreadable: true)
  }

  private static func bytes(
    of found: ConfigurationDiscovery.Found, isNamed: Bool
  ) throws(ConfigurationFailure) -> [UInt8] {
    if !isNamed { try checkTrust(in: found) }
    do throws(BoundedFile.Failure) {
      return try BoundedFile.bytes(of: found.path.string, limit: longestFile)
    } catch {
      throw unreadable("the configuration \(error.message)")
    }
  }

  /// Checks a file that was found by its name: it must be inside the repository and belong to the user, to
  /// root, or to the owner of the working folder.
  private static func checkTrust(in found: ConfigurationDiscovery.Found) throws(ConfigurationFailure) {
    let shown = displayText(found.name)
    guard let stat = try? Stat(found.path) else { return }
    // Opening a FIFO with this name would wait for a writer.
    guard stat.type == .regular else { throw unreadable("\(shown) is not a file") }
    let folder = found.path.removingLastComponent()
    let place = try? PathConfinement(base: folder, folders: [found.root]).place(found.path.string)
    guard place?.isInside ?? false else {
      throw unreadable(
        "\(shown) is a link out of the repository; name a file with --config, or give --no-config")
    }
    let working = try? Stat(FilePath(FileManager.default.currentDirectoryPath))
    guard stat.userID.rawValue == geteuid() || stat.userID.rawValue == 0 || stat.userID == working?.userID
    else {
      throw unreadable(
        "\(shown) belongs to another user; name it with `--config` if you trust it, or pass `--no-config`")
    }
  }

  /// A mapping in the file. The file may only map folders inside its repository.
  private static func mapping(
    _ entry: Configured<ConfigurationFile.Mapping>, folder: FilePath, root: FilePath
  ) throws(ConfigurationProblem) -> URLMapping {
    let shown = displayText(entry.value.folder)
    let outside = ConfigurationProblem(
      "map: \(shown) is outside the repository, and a file may map only folders inside it; use `--map`",
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

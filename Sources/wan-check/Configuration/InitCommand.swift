import ArgumentParser
import Foundation
import SystemPackage

/// `wan-check init`
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented \(ConfigurationDiscovery.fileName) into the working folder.")

  @Flag(help: "Replace an existing file.")
  var force = false

  @Flag(name: .shortAndLong, help: "Do not print what was written.")
  var quiet = false

  func run() throws {
    StandardStream.ignoreClosedPipes()
    let name = ConfigurationDiscovery.fileName
    do {
      try write(ConfigurationTemplate.text, to: FilePath(name))
    } catch Errno.fileExists {
      throw ExitStatus.misuse("\(name) is there already: --force replaces it")
    } catch {
      throw ExitStatus.misuse(
        "\(name) cannot be written: \((error as? Errno)?.description ?? error.localizedDescription)")
    }
    if !quiet {
      try StandardStream.output.write(
        "wrote \(name): every setting is commented out, so nothing changes yet\n")
    }
  }

  private func write(_ text: String, to path: FilePath) throws {
    if force {
      return try Data(text.utf8).write(to: URL(filePath: path.string), options: .atomic)
    }
    // An existing entry with this name is never replaced, even if it is a dangling link.
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
  }
}

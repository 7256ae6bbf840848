import ArgumentParser
import Locations

/// `wan-check files`: prints which of the given files a walk through a folder would
/// check, for pre-commit hooks.
struct FilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Write those of the named files that are media or jobs, each ended by NUL.",
    discussion: """
      What counts is what counts in a folder: a name of media, or a structured file in which a field of a job is \
      present. Hidden files, links, files that are not there and everything else are left out.
      """,
    shouldDisplay: false)

  @Option(
    name: .customLong("files-from0"),
    help: ArgumentHelp(
      "Read the names from a file, each ended by NUL; - for standard input.", valueName: "file"))
  var filesFrom0: String?

  @Argument(help: ArgumentHelp("Names of files.", valueName: "file"))
  var names: [String] = []

  func run() throws {
    StandardStream.ignoreClosedPipes()
    var names = try InputNames(arguments: names, filesFrom0: filesFrom0)
    do {
      while let name = try names.next() {
        guard FoundFile.isCandidate(name.path) else { continue }
        try StandardStream.output.write(name.unmistakable + [0])
      }
    } catch let failure as NameList.Failure {
      throw ExitStatus.misuse(failure.message)
    }
  }
}

extension InputName {
  /// The name in a form that is safe in a list of names: a colon in it cannot be mistaken for
  /// the end of a URL scheme.
  fileprivate var unmistakable: [UInt8] {
    let bytes = path.bytes
    let isRelative = bytes.first != UInt8(ascii: "/")
    return isRelative && bytes.contains(UInt8(ascii: ":")) ? Array("./".utf8) + bytes : bytes
  }
}

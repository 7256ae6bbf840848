import ArgumentParser
import Locations
import SystemPackage

/// The name of an input on the command line or in a list.
enum InputName: Sendable, Hashable {
  /// A path, a URL, a pattern, or `-`.
  case text(String)
  /// The path of a file, for names that are not UTF-8 and matches of a pattern.
  case path(FilePath)

  /// Standard input.
  static let standardInput = InputName.text("-")

  /// The path, if the input is a file.
  var path: FilePath {
    switch self {
    case .text(let text): FilePath(text)
    case .path(let path): path
    }
  }

  /// The name with these bytes, which contain no NUL.
  init(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self) {
      self = .text(text)
    } else {
      self = .path(FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0]))
    }
  }

  /// The name in an argument of this process. The parser has replaced bytes that are not UTF-8,
  /// so the original is used.
  init(argument: String) {
    guard argument.unicodeScalars.contains("\u{FFFD}") else {
      self = .text(argument)
      return
    }
    let written = ProgramArguments.pointers.dropFirst().first { String(cString: $0) == argument }
    self = written.map { .init(FilePath(platformString: $0).bytes) } ?? .text(argument)
  }
}

extension InputName {
  /// The largest list of names, in bytes.
  private static let longestList = 64 << 20

  /// The names from the arguments, or from the list of `--files-from0`.
  /// - Throws: `ExitStatus`, after a message about a problem with the list.
  static func all(arguments: [String], filesFrom0: String?) throws(ExitStatus) -> [InputName] {
    guard let filesFrom0 else { return arguments.map { InputName(argument: $0) } }
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.bytes(of: filesFrom0, limit: longestList)
    } catch {
      throw .misuse("--files-from0: \(error.message)")
    }
    guard bytes.contains(0) || bytes.last != UInt8(ascii: "\n") else {
      throw .misuse("--files-from0: each name is to end with NUL, as `find -print0` writes them")
    }
    var names = bytes.split(separator: 0, omittingEmptySubsequences: false)
    if names.last?.isEmpty ?? false { names.removeLast() }
    return names.map { InputName($0) }
  }
}

extension CheckOptions {
  /// The inputs from the arguments, or from the list of `--files-from0`.
  /// - Throws: `ExitStatus`, after a message about a problem with the list.
  func inputNames(_ arguments: [String]) throws(ExitStatus) -> [InputName] {
    try InputName.all(arguments: arguments, filesFrom0: filesFrom0)
  }

  /// Throws if the arguments `inputs` are invalid; `what` is the name of the missing input if there are none.
  func checkInputs(_ inputs: [String], orSay what: String) throws {
    if filesFrom0 != nil, !inputs.isEmpty {
      throw ValidationError("`--files-from0` names every input; remove the other inputs")
    }
    if inputs.isEmpty, filesFrom0 == nil, !configuration.printConfig {
      throw ValidationError("no input: \(what)")
    }
  }

  /// Whether standard input is read: as the list of names, or as jobs.
  func readsStandardInput(_ names: [InputName]) -> Bool {
    filesFrom0 == "-" || names.contains(.standardInput)
  }
}

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

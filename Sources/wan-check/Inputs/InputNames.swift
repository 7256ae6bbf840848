import ArgumentParser
import JobDocuments
import Locations
import SystemPackage
import WanCheck

/// The names of the inputs, one at a time: those of the arguments, or those of the list of `--files-from0`, which is
/// read as it arrives.
struct InputNames {
  /// The names in the arguments; empty if there is a list.
  let arguments: [InputName]
  /// Ends waiting for standard input and for the list.
  let interruption = InputInterruption()
  private var pending: ArraySlice<InputName>
  private var list: NameList?

  /// These names.
  init(_ names: [InputName]) {
    (arguments, pending) = (names, names[...])
  }

  /// The names from the arguments, or from the list of `--files-from0`.
  /// - Throws: `ExitStatus`, after a message, if the list cannot be opened.
  init(arguments: [String], filesFrom0: String?) throws(ExitStatus) {
    self.arguments = filesFrom0 == nil ? arguments.map { InputName(argument: $0) } : []
    pending = self.arguments[...]
    if let filesFrom0 { list = try NameList(filesFrom0, interruption) }
  }

  /// The next name; `nil` at the end.
  /// - Throws: what is wrong with the list, which then has no further names.
  mutating func next() throws(NameList.Failure) -> InputName? {
    if let name = pending.popFirst() { return name }
    do throws(NameList.Failure) {
      return try list?.next()
    } catch {
      list = nil
      throw error
    }
  }

  /// Puts names before the next one: the matches of a pattern.
  mutating func insert(_ names: [InputName]) { pending = names + pending }
}

/// A list of names, each ended by NUL. It may have any length: one name is in memory at a time.
struct NameList {
  /// Why there are no further names.
  struct Failure: Error {
    /// The reason for people.
    var message: String
  }

  /// The longest name in bytes; paths and URLs are shorter.
  private static let longestName = 1 << 20

  private var lines: ByteLines<Errno>
  private let file: File

  /// The open file, closed with the list.
  private final class File: Sendable {
    let descriptor: FileDescriptor
    let name: String

    init(_ descriptor: FileDescriptor, _ name: String) {
      self.descriptor = descriptor
      self.name = name
    }

    deinit {
      if descriptor != .standardInput { try? descriptor.close() }
    }
  }

  /// The list in the file at `path`, or on standard input for `-`.
  /// - Throws: `ExitStatus`, after a message, if the file cannot be opened.
  init(_ path: String, _ interruption: InputInterruption) throws(ExitStatus) {
    let name = path == "-" ? "standard input" : displayText(path)
    let file: File
    do {
      file = File(
        try path == "-"
          ? .standardInput : FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec), name)
    } catch {
      throw .misuse("--files-from0: \(name) cannot be read: \(error)")
    }
    self.file = file
    lines = ByteLines(separator: 0) { () throws(Errno) in try interruption.chunk(of: file.descriptor) }
  }

  /// The next name, which may be empty; `nil` at the end.
  mutating func next() throws(Failure) -> InputName? {
    let line: ByteLines<Errno>.Line?
    do throws(Errno) {
      line = try lines.nextLine(limit: Self.longestName)
    } catch {
      throw Failure(message: "--files-from0: \(file.name) cannot be read: \(error)")
    }
    guard let line else { return nil }
    // A list whose names end with line feeds is one name without an end.
    let isWrong = line.number == 1 && !line.isEnded && (line.isTooLong || line.bytes.last == .lineFeed)
    if isWrong {
      throw Failure(message: "--files-from0: each name must end with NUL, as `find -print0` writes them")
    }
    if line.isTooLong {
      throw Failure(
        message: "--files-from0: name \(line.number) has more than \(Self.longestName) bytes")
    }
    return InputName(line.bytes)
  }
}

extension CheckOptions {
  /// The inputs from the arguments, or from the list of `--files-from0`.
  /// - Throws: `ExitStatus`, after a message, if the list cannot be opened.
  func inputNames(_ arguments: [String]) throws(ExitStatus) -> InputNames {
    try InputNames(arguments: arguments, filesFrom0: filesFrom0)
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

  /// Throws if there is an option that only `check` has.
  func checkOptionsOfCheckAlone() throws {
    guard shard == nil, !exitZero else {
      throw ValidationError("`--shard` and `--exit-zero` are options of `check`")
    }
  }

  /// Whether standard input is read: as the list of names, or as jobs.
  func readsStandardInput(_ arguments: [InputName]) -> Bool {
    filesFrom0 == "-" || arguments.contains(.standardInput)
  }
}

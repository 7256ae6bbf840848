import SystemPackage
import WanSubmit

/// The files that a run reads or depends on, with the kind of each. They must not be overwritten.
struct ReadFiles: Sendable {
  private var kinds: [FilePlace: String] = [:]

  /// The files of `settings` and `inputs`, and `ledger` and `keyFile` if the command has them.
  init(
    _ settings: Settings? = nil, inputs: [InputName] = [], ledger: FilePath?, keyFile: String? = nil
  ) {
    for input in inputs where input != .standardInput { add(input.path, "an input") }
    if let list = settings?.options.filesFrom0, list != "-" { add(FilePath(list), "the list of inputs") }
    if let configuration = settings?.file.path { add(configuration, "the configuration") }
    if let keyFile { add(FilePath(keyFile), "the file of the API key") }
    if let ledger {
      for path in LedgerFiles.all(of: ledger) { add(path, "the ledger, or a file that belongs to it") }
    }
  }

  private mutating func add(_ path: FilePath, _ kind: String) {
    for place in FilePlace.all(of: path) { kinds[place] = kind }
  }

  /// The kind of the file at `path`, as far as the options determine it; `nil` if it is none of these files.
  func knownKind(of path: FilePath) -> String? {
    FilePlace.all(of: path).lazy.compactMap { kinds[$0] }.first
  }

  /// The kind of the file at `path`; `nil` if it may be overwritten.
  func kind(of path: FilePath) -> String? {
    if let known = knownKind(of: path) { return known }
    // A ledger that is not in the options is recognised by its content.
    return LedgerFiles.belongsToLedger(FilePlace.followed(path))
      ? "a ledger, or a file that belongs to it" : nil
  }
}

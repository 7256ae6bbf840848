import SystemPackage
import WanSubmit

/// The files that a run reads or depends on, and so must not be written over: each with what it is.
struct ReadFiles: Sendable {
  private var kinds: [FilePlace: String] = [:]

  /// The files that `settings` name, and `inputs`; `ledger` and `keyFile` where the command has them.
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

  /// What the file is that is called `path` here, as far as the options say; `nil` if it is none of these.
  func knownKind(of path: FilePath) -> String? {
    FilePlace.all(of: path).lazy.compactMap { kinds[$0] }.first
  }

  /// What the file is that is called `path` here; `nil` if it may be written.
  func kind(of path: FilePath) -> String? {
    if let known = knownKind(of: path) { return known }
    // A ledger that no option names is seen by its content.
    return LedgerFiles.belongsToLedger(FilePlace.followed(path))
      ? "a ledger, or a file that belongs to it" : nil
  }
}

import AssetOpening
import AssetSource
import JobDocuments
import Locations
import SystemPackage
import WanCheck

/// Expands the inputs to items, one at a time: it walks folders, reads job files and
/// matches patterns on the way.
struct InputExpansion {
  private enum Source {
    case folder(FolderWalk.Iterator)
    case jobs(JobFileReader)
  }

  private var names: InputNames
  private let role: Role?
  private let standardInputName: String?
  private let jobsAlone: Bool
  private let bounds: DocumentBounds
  private let profile: Profile
  private var sources: [Source] = []
  private var hasReadStandardInput: Bool

  /// The inputs with these names. `role` is for bare assets. With `jobsAlone`, bare assets are misuse.
  init(_ names: InputNames, _ settings: Settings, role: Role? = nil, jobsAlone: Bool = false) {
    let options = settings.options
    self.jobsAlone = jobsAlone
    bounds = .ofFiles(timeout: options.timeout)
    profile = settings.profile
    self.names = names
    self.role = role
    standardInputName = options.stdinFilename
    hasReadStandardInput = options.filesFrom0 == "-"
  }

  /// Ends waiting for standard input and for the list of names.
  var interruption: InputInterruption { names.interruption }

  /// The next item; `nil` at the end.
  mutating func next() -> InputItem? {
    while true {
      if let source = sources.popLast() {
        if let item = advance(source) { return item }
        continue
      }
      do throws(NameList.Failure) {
        guard let name = try names.next() else { return nil }
        if let item = begin(name) { return item }
      } catch {
        return .misuse(error.message)
      }
    }
  }

  /// The next item of `source`, which stays in use; `nil` if the next entry does not
  /// matter, or a new source begins.
  private mutating func advance(_ source: Source) -> InputItem? {
    switch source {
    case .folder(var walk):
      guard let found = walk.next() else { return nil }
      sources.append(.folder(walk))
      return item(of: found)
    case .jobs(let reader):
      guard let item = reader.next() else { return nil }
      sources.append(.jobs(reader))
      if jobsAlone, case .asset(let reference) = item {
        return .misuse(
          "\(reference.place.file ?? "-"):\(reference.place.line ?? 1): this is an asset, and only jobs are sent"
        )
      }
      return item
    }
  }

  private mutating func item(of found: FolderWalk.Item) -> InputItem? {
    switch found {
    case .unreadable(let path, let error):
      return .misuse("\(displayText(path)): \(error.message)")
    case .file(let path):
      switch FoundFile(path, bounds, profile) {
      case .jobs(let reader): sources.append(.jobs(reader))
      case .asset where !jobsAlone: return .candidate(AssetReference(AssetLocation(path: path), role: role))
      case .asset, .other: break
      }
      return nil
    }
  }

  private mutating func begin(_ name: InputName) -> InputItem? {
    switch name {
    case .standardInput:
      return beginStandardInput()
    case .path(let path):
      return beginPath(path)
    case .text(let text):
      guard !text.isEmpty else { return .misuse("an input must not be empty; remove the empty argument") }
      let location = AssetLocation(text)
      guard let path = location.path, !text.utf8.contains(0) else { return asset(location) }
      guard FileKind(at: path) == .missing else { return beginPath(path) }
      return beginPattern(text) ?? asset(location)
    }
  }

  private mutating func beginPath(_ path: FilePath) -> InputItem? {
    switch FileKind(at: path) {
    case .folder:
      sources.append(.folder(FolderWalk(path).makeIterator()))
      return nil
    case .missing:
      return asset(AssetLocation(path: path))
    case .other:
      return beginFile(path)
    }
  }

  private func asset(_ location: AssetLocation) -> InputItem {
    guard jobsAlone else { return .asset(AssetReference(location, role: role)) }
    let isMissing = location.path.map { FileKind(at: $0) == .missing } ?? false
    return .misuse(
      "\(location.displayText): \(isMissing ? "there is no such file" : "not a job file; only jobs are sent")"
    )
  }

  /// Returns the first item of a pattern that the shell did not expand; `nil` if `argument` is not one.
  private mutating func beginPattern(_ argument: String) -> InputItem? {
    guard let matches = PathPattern(argument)?.matches else { return nil }
    guard !matches.isEmpty else {
      return .misuse("\(AssetLocation(argument).displayText): the pattern matches nothing")
    }
    names.insert(matches.map { .path($0) })
    return next()
  }

  private mutating func beginFile(_ path: FilePath) -> InputItem? {
    guard let format = JobDocumentFormat(fileName: path.string), FileKind(at: path) == .other,
      case let reader = JobFileReader(path: path, format: format, bounds: bounds, profile: profile),
      reader.canBeRead
    else { return asset(AssetLocation(path: path)) }
    sources.append(.jobs(reader))
    return nil
  }

  private mutating func beginStandardInput() -> InputItem? {
    guard !hasReadStandardInput else { return .misuse("standard input can be read only once") }
    hasReadStandardInput = true
    sources.append(
      .jobs(
        JobFileReader(
          standardInputNamed: standardInputName ?? "-",
          format: standardInputName.flatMap { JobDocumentFormat(fileName: $0) }, bounds: bounds,
          profile: profile, interruption: interruption)))
    return nil
  }
}

/// The kind of the entry at a path, with links followed.
enum FileKind {
  case missing
  case folder
  case other

  init(at path: FilePath) {
    guard let stat = try? Stat(path) else {
      self = .missing
      return
    }
    self = stat.type == .directory ? .folder : .other
  }
}

import Locations
import MediaFacts
import SystemPackage

/// The paths of copies in the folder: those of the sources, below the deepest folder that all sources have in common.
struct FixPaths {
  private let base: [FilePath.Component]
  private var taken: Set<[UInt8]> = []

  /// Paths of `sources` and of what is in `folders`; absolute, without `.` and `..`.
  init(sources: [FilePath], folders: [FilePath]) {
    let folders = folders + sources.map { $0.removingLastComponent() }
    var base = folders.first.map { Array($0.components) } ?? []
    for folder in folders.dropFirst() {
      base = Array(zip(base, folder.components).prefix { $0 == $1 }.map(\.0))
    }
    self.base = base
    for source in sources { taken.insert(Self.key(relative(source))) }
  }

  /// The path of an unchanged copy.
  func relative(_ source: FilePath) -> FilePath {
    FilePath(root: nil, source.components.dropFirst(base.count))
  }

  /// The path of a repaired copy with the extension `suffix`: the source's own path if its extension means the same format,
  /// unless another copy has it.
  mutating func repaired(_ source: FilePath, suffix: String, isOwnTaken: Bool) -> FilePath {
    let own = relative(source)
    let spellings = FormatTable.row(fileExtension: suffix)?.extensions ?? [suffix]
    let hasExtension = own.extension.map { spellings.contains($0.lowercased()) } ?? false
    if hasExtension, !isOwnTaken { return own }
    let stem = own.stem ?? "asset"
    let ending = hasExtension ? own.extension ?? suffix : suffix
    var number = 1
    while true {
      var name = own.removingLastComponent()
      name.append("\(stem)\(number > 1 ? "-\(number)" : "").\(ending)")
      if taken.insert(Self.key(name)).inserted { return name }
      number += 1
    }
  }

  /// The path from a file at `file` to one at `target`, both in the folder.
  static func path(from file: FilePath, to target: FilePath) -> FilePath {
    let folder = Array(file.removingLastComponent().components)
    let components = Array(target.components)
    let shared = zip(folder, components.dropLast()).prefix { $0 == $1 }.count
    let up = Array(repeating: FilePath.Component(".."), count: folder.count - shared)
    return FilePath(root: nil, up + components[shared...])
  }

  /// Some file systems do not tell upper from lower case.
  private static func key(_ path: FilePath) -> [UInt8] {
    path.bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
  }
}

public import Foundation

/// A file under `Fixtures/`.
public struct Fixture: Sendable, CustomStringConvertible {
  /// The file's path from `Fixtures/`.
  public let path: String

  /// The folder `Fixtures/` of this checkout.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// The fixture at `path` from `Fixtures/`.
  public init(_ path: String) { self.path = path }

  /// Where it is.
  public var url: URL { Self.root.appending(path: path) }

  /// Where its golden report is.
  public var golden: URL { Self.root.appending(path: path + Self.goldenSuffix) }

  /// The path.
  public var description: String { path }

  /// Every fixture below `folder`, in byte order of their paths; golden reports are not fixtures.
  public static func all(in folder: String) -> [Fixture] {
    let base = root.appending(path: folder).path
    let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: "\(base)/\(name)", isDirectory: &isFolder)
      return exists && !isFolder.boolValue && !name.hasSuffix(goldenSuffix) && !name.hasSuffix(".md")
    }.sorted().map { Fixture("\(folder)/\($0)") }
  }

  private static let goldenSuffix = ".golden.json"
}

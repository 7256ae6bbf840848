public import SystemPackage

/// Decides whether the paths in a job lead outside the folders in which the job may name files.
///
/// Paths are taken literally: `~` and percent signs have no special meaning. Symbolic links are followed. The answer is
/// true only for the moment at which it was given, so open the resolved path, which has no links, and not the original.
public struct PathConfinement: Sendable, Hashable {
  /// Where a path leads.
  public struct Place: Sendable, Hashable {
    /// The absolute path to open: no links, no `.` and no `..` in it.
    public let path: FilePath
    /// Whether it is in one of the folders, or is one of them.
    public let isInside: Bool
  }

  private let base: FilePath
  private let folders: [FilePath]

  /// Paths start at the job file's folder, and must be in it or below the working folder.
  ///
  /// - Parameters:
  ///   - jobFolder: Relative to the working folder, or absolute; `nil` for jobs from standard input, whose
  ///     folder is the working folder.
  ///   - workingFolder: An absolute path.
  ///   - furtherFolders: Absolute paths of other folders in which paths may be.
  public init(
    jobFolder: FilePath?, workingFolder: FilePath, furtherFolders: [FilePath] = []
  ) throws(AssetError) {
    let folder = jobFolder.map { workingFolder.pushing($0) } ?? workingFolder
    try self.init(base: folder, folders: [folder, workingFolder] + furtherFolders)
  }

  /// Paths start at `base` and must be in one of `folders`. All of these are absolute.
  public init(base: FilePath, folders: [FilePath]) throws(AssetError) {
    self.base = base
    var resolved: [FilePath] = []
    for folder in folders { resolved.append(try LinkResolver.resolve(folder)) }
    self.folders = resolved
  }

  /// Where a path in a job leads; it need not exist.
  /// - Throws: `AssetError` if the place is not known: a loop of links, a folder without permission, a NUL.
  public func place(_ text: String) throws(AssetError) -> Place {
    guard !text.utf8.contains(0) else {
      throw AssetError(.badLocation, message: "the path contains a NUL character")
    }
    guard text.utf8.count <= LinkResolver.maximumLength else { throw AssetError(Errno.fileNameTooLong) }
    return try place(FilePath(text))
  }

  /// Where a path leads; it need not exist.
  /// - Throws: `AssetError` if the place is not known: a loop of links, a folder without permission.
  public func place(_ path: FilePath) throws(AssetError) -> Place {
    guard !path.isEmpty else { throw AssetError(.badLocation, message: "the path is empty") }
    let resolved = try LinkResolver.resolve(base.pushing(path))
    return Place(path: resolved, isInside: folders.contains { resolved.starts(with: $0) })
  }
}

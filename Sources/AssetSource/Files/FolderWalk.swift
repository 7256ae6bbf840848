public import AssetOpening
public import SystemPackage

/// The files below a folder, lazily, in the byte order of their paths.
///
/// Hidden entries, links, and entries that are neither file nor folder are skipped. Only folders are opened. The folder
/// itself may be a link. Memory is bounded by the entries of one folder for each level. Iteration blocks on the file
/// system, so do it outside Swift's cooperative pool.
public struct FolderWalk: Sequence, Sendable {
  /// An item of a walk.
  public enum Item: Sendable, Hashable {
    /// A regular file: the folder's path as given, and the path from there.
    case file(FilePath)
    /// A folder or an entry that could not be read, and why. The walk continues after it.
    case unreadable(FilePath, AssetError)
  }

  private let folder: FilePath
  private let maximumDepth: Int
  private let maximumEntries: Int

  /// A walk through `folder`.
  ///
  /// - Parameters:
  ///   - folder: Where the walk begins.
  ///   - maximumDepth: Levels of folders below the folder itself; deeper ones are `tooDeep`.
  ///   - maximumEntries: Entries that one folder may have, without hidden ones. A folder with more is
  ///     `tooManyEntries` as a whole, since a part of it would not be the same part every time.
  public init(_ folder: FilePath, maximumDepth: Int = 32, maximumEntries: Int = 100_000) {
    self.folder = folder
    self.maximumDepth = maximumDepth
    self.maximumEntries = maximumEntries
  }

  /// Starts a walk.
  public func makeIterator() -> Iterator {
    Iterator(folder, maximumDepth: maximumDepth, maximumEntries: maximumEntries)
  }

  /// A running walk.
  public struct Iterator: IteratorProtocol {
    private struct Level {
      var folder: FilePath
      /// Last entry first.
      var pending: [FolderEntry]
    }

    private let maximumDepth: Int
    private let maximumEntries: Int
    private var start: FilePath?
    private var levels: [Level] = []

    init(_ folder: FilePath, maximumDepth: Int, maximumEntries: Int) {
      start = folder
      self.maximumDepth = maximumDepth
      self.maximumEntries = maximumEntries
    }

    /// The next file or failure; `nil` at the end.
    public mutating func next() -> Item? {
      if let folder = start {
        start = nil
        if let failure = enter(folder, followingLink: true) { return failure }
      }
      while var level = levels.popLast() {
        guard let entry = level.pending.popLast() else { continue }
        let path = level.folder.appending(entry.name)
        levels.append(level)
        if !entry.isFolder { return .file(path) }
        if let failure = enter(path, followingLink: false) { return failure }
      }
      return nil
    }

    private mutating func enter(_ folder: FilePath, followingLink: Bool) -> Item? {
      guard levels.count <= maximumDepth else {
        return .unreadable(
          folder, AssetError(.tooDeep, message: "the folder is more than \(maximumDepth) levels deep"))
      }
      do throws(AssetError) {
        let entries = try FolderEntry.list(folder, followingLink: followingLink, atMost: maximumEntries)
        levels.append(Level(folder: folder, pending: entries.reversed()))
        return nil
      } catch {
        return .unreadable(folder, error)
      }
    }
  }
}

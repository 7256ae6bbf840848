import SystemPackage

/// Finds the configuration file that applies to a folder.
enum ConfigurationDiscovery {
  /// The name of a configuration file.
  static let fileName = ".wan-check.yml"
  /// The entry that marks the root of a repository: a folder, or the file of a worktree.
  private static let repositoryMark = ".git"

  /// A configuration file and its location.
  struct Found: Equatable {
    /// The path of the file.
    var path: FilePath
    /// The root of the repository that contains the file; without a repository, the file's folder.
    var root: FilePath
    /// The file's path from the working folder, for people.
    var name: String
  }

  /// The nearest configuration file from `folder`, an absolute path, up to the root of its repository.
  /// Without a repository, only `folder` is searched.
  static func nearest(from folder: FilePath) -> Found? {
    let root = root(of: folder)
    var name = fileName
    var current = folder
    while true {
      let path = current.appending(fileName)
      if exists(path) { return Found(path: path, root: root, name: name) }
      guard current != root, let parent = parent(of: current) else { return nil }
      current = parent
      name = "../" + name
    }
  }

  /// The root of the repository that contains `folder`; without a repository, `folder`.
  static func root(of folder: FilePath) -> FilePath { repositoryRoot(of: folder) ?? folder }

  /// The root of the repository that contains `folder`: the nearest parent folder with a `.git`.
  static func repositoryRoot(of folder: FilePath) -> FilePath? {
    var current: FilePath? = folder
    while let folder = current, !exists(folder.appending(repositoryMark)) { current = parent(of: folder) }
    return current
  }

  private static func parent(of folder: FilePath) -> FilePath? {
    var parent = folder
    return parent.removeLastComponent() ? parent : nil
  }

  /// Whether there is an entry. A dangling link counts, so that it is an error and is not skipped.
  private static func exists(_ path: FilePath) -> Bool {
    (try? Stat(path, followTargetSymlink: false)) != nil
  }
}

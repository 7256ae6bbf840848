import SystemPackage

/// Finds the configuration that a folder is under.
enum ConfigurationDiscovery {
  /// The name of a configuration file.
  static let fileName = ".wan-check.yml"
  /// What marks the root of a repository: a folder, or the file of a worktree.
  private static let repositoryMark = ".git"

  /// A configuration file, and where it is.
  struct Found: Equatable {
    /// The file.
    var path: FilePath
    /// The root of the repository that it is in; without one, its own folder.
    var root: FilePath
    /// The file's name from the working folder, for people.
    var name: String
  }

  /// The nearest file from `folder`, an absolute path, up to the root of its repository; without a repository in
  /// `folder` alone.
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

  /// The root of the repository that `folder` is in; without one, `folder`.
  static func root(of folder: FilePath) -> FilePath { repositoryRoot(of: folder) ?? folder }

  /// The root of the repository that `folder` is in: the nearest folder upwards with a `.git`.
  static func repositoryRoot(of folder: FilePath) -> FilePath? {
    var current: FilePath? = folder
    while let folder = current, !exists(folder.appending(repositoryMark)) { current = parent(of: folder) }
    return current
  }

  private static func parent(of folder: FilePath) -> FilePath? {
    var parent = folder
    return parent.removeLastComponent() ? parent : nil
  }

  /// Whether there is an entry, even a dangling link: that is an error, not passed over.
  private static func exists(_ path: FilePath) -> Bool {
    (try? Stat(path, followTargetSymlink: false)) != nil
  }
}

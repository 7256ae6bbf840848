import Foundation
import WanReport

extension RepositoryPaths {
  /// Paths of files that are named from `folder`; the root is the nearest folder upwards that holds a `.git`.
  init(in folder: String) {
    var root: String?
    var candidate = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
    while root == nil, candidate.path != "/" {
      // A folder in a clone, a file in a linked working tree.
      if FileManager.default.fileExists(atPath: candidate.appending(path: ".git").path) {
        root = candidate.path
      }
      candidate.deleteLastPathComponent()
    }
    self.init(workingFolder: folder, root: root)
  }
}

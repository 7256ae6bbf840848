import ArgumentParser
import AssetSource
import Locations
import SystemPackage

extension URLMapping {
  /// Reads `URL-PREFIX=FOLDER`; the first equals sign parts them, so one in the prefix is written `%3D`.
  /// - Throws: `ValidationError` that says what is wrong, for whoever typed it.
  init(argument: String) throws {
    guard let equals = argument.firstIndex(of: "=") else {
      throw ValidationError("--map: write URL-PREFIX=FOLDER, such as https://cdn.example.net/media=./public")
    }
    let prefix = String(argument[..<equals])
    let folder = String(argument[argument.index(after: equals)...])
    guard !folder.isEmpty, !folder.utf8.contains(0) else {
      throw ValidationError("--map: there is no folder after the equals sign")
    }
    do throws(AssetURLProblem) {
      try self.init(prefix: prefix, folder: FilePath(folder))
    } catch {
      throw ValidationError("--map \(AssetLocation(prefix).displayText): \(error.message)")
    }
    guard FileKind(at: self.folder) == .folder else {
      throw ValidationError("--map \(displayText(self.folder)): there is no such folder")
    }
  }
}

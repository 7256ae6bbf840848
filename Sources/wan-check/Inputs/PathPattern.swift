import Libc
import SystemPackage

/// A file name pattern (`shots/*.png`) that the shell did not expand.
struct PathPattern {
  private let text: String

  /// A pattern; `nil` if `text` has no pattern characters.
  init?(_ text: String) {
    guard text.contains(where: { "*?[".contains($0) }) else { return nil }
    self.text = text
  }

  /// The matching paths, in byte order.
  var matches: [FilePath] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(text, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { FilePath(platformString: $0) }
    }
  }
}

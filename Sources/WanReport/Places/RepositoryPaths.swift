/// Names files from the repository's root, in reports that a code host reads.
public struct RepositoryPaths: Sendable, Hashable {
  /// The root's absolute path; without a repository, the working folder.
  private let root: [ArraySlice<UInt8>]
  private let workingFolder: [ArraySlice<UInt8>]

  /// Resolves paths from `workingFolder` in the repository at `root`; both are absolute.
  public init(workingFolder: String = "/", root: String? = nil) {
    let folder = Self.resolved(Array(workingFolder.utf8), from: [])
    self.workingFolder = folder
    self.root = root.map { Self.resolved(Array($0.utf8), from: []) } ?? folder
  }

  /// The path of a file from the repository's root; a file outside is named by its absolute path.
  public func path(of file: String) -> String {
    String(decoding: path(of: Array(file.utf8)), as: UTF8.self)
  }

  /// The same for a path in bytes, which may not be UTF-8.
  func path(of file: [UInt8]) -> [UInt8] {
    let parts = Self.resolved(file, from: workingFolder)
    guard parts.starts(with: root), parts.count > root.count else {
      return "/".utf8 + Array(parts.joined(separator: "/".utf8))
    }
    return Array(parts.dropFirst(root.count).joined(separator: "/".utf8))
  }

  /// Resolves by names alone, without looking at the disk: `..` removes a folder.
  private static func resolved(
    _ path: [UInt8], from folder: [ArraySlice<UInt8>]
  ) -> [ArraySlice<UInt8>] {
    var parts = path.first == UInt8(ascii: "/") ? [] : folder
    for part in path.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return parts
  }
}

/// A URI reference of a path.
enum PathURI {
  /// A relative path as a relative reference, an absolute path as a `file` URI. Everything except letters,
  /// digits, `-._~` and slashes is percent-encoded.
  static func text(_ path: [UInt8]) -> String {
    var encoded = path.first == UInt8(ascii: "/") ? "file://" : ""
    for byte in path {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }
}

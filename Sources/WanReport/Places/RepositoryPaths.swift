/// How files are named in reports that a repository's host reads: from the repository's root.
public struct RepositoryPaths: Sendable, Hashable {
  /// The root's absolute path; `nil` if there is no repository, and the working folder stands for it.
  private let root: [Substring]
  private let workingFolder: [Substring]

  /// Paths of files that are named from `workingFolder`, in the repository at `root`; both are absolute.
  public init(workingFolder: String = "/", root: String? = nil) {
    let folder = Self.resolved(workingFolder, from: [])
    self.workingFolder = folder
    self.root = root.map { Self.resolved($0, from: []) } ?? folder
  }

  /// The path of a file from the repository's root; a file outside is named by its absolute path.
  public func path(of file: String) -> String {
    let parts = Self.resolved(file, from: workingFolder)
    guard parts.starts(with: root), parts.count > root.count else {
      return "/" + parts.joined(separator: "/")
    }
    return parts.dropFirst(root.count).joined(separator: "/")
  }

  /// Names alone, without a look at the disk: `..` takes a folder back.
  private static func resolved(_ path: String, from folder: [Substring]) -> [Substring] {
    var parts = path.hasPrefix("/") ? [] : folder
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
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
  /// A relative path as a relative reference, an absolute one as a `file` URI; what is no letter, digit, `-._~` or
  /// slash is percent-encoded.
  static func text(_ path: String) -> String {
    var encoded = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
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

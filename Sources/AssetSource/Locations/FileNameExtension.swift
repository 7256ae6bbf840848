public import SystemPackage

/// The extension that a file name ends in, which is a claim about the content and no more.
public enum FileNameExtension {
  /// The extension of a URL's path: percent-decoded, lower case; `nil` if there is none.
  public static func of(urlPath path: String) -> String? {
    let component = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] }
    return PercentCoding.decode(component ?? path[...]).flatMap { of(name: $0) }
  }

  /// The extension of a file's path: lower case; `nil` if there is none.
  public static func of(_ path: FilePath) -> String? {
    path.lastComponent.flatMap { of(name: $0.string) }
  }

  /// One to sixteen ASCII letters and digits after the last dot, and something before it.
  private static func of(name: String) -> String? {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
    let end = name[name.utf8.index(after: dot)...]
    let isOrdinary = end.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard isOrdinary, (1...16).contains(end.utf8.count) else { return nil }
    return end.lowercased()
  }
}

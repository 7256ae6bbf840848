import SystemPackage

/// A segment of a URL's path, percent-decoded, that can be nothing but the name of one entry in one folder.
struct PathSegment: Sendable, Hashable {
  /// The name's bytes; two spellings of the same letters are two names.
  private let bytes: [UInt8]
  /// The name as a part of a path.
  let component: FilePath.Component

  /// Why a segment names no entry of a folder.
  struct Refusal: Error {
    /// What it has or is, as words for people that follow a preposition.
    let what: String
  }

  /// Decodes a segment as it is written in a URL.
  init(_ written: Substring) throws(Refusal) {
    guard !written.isEmpty else { throw Refusal(what: "an empty segment") }
    guard let name = PercentCoding.decode(written) else { throw Refusal(what: "bytes that are not UTF-8") }
    for (byte, what) in Self.separators where name.utf8.contains(byte) { throw Refusal(what: what) }
    guard let component = FilePath.Component(name), component.kind == .regular else {
      throw Refusal(what: "a . or .. segment")
    }
    bytes = Array(name.utf8)
    self.component = component
  }

  private static let separators: [(UInt8, String)] = [
    (0, "a NUL"), (UInt8(ascii: "/"), "an encoded slash"), (UInt8(ascii: "\\"), "a backslash"),
  ]

  /// The segments of a URL's path as they are written, without the slash that it begins with.
  static func written(in url: AssetURL) -> [Substring] {
    Array(url.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
  }
}

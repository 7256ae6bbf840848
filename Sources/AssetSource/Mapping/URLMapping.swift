import AssetOpening
public import Locations
public import SystemPackage

/// A URL prefix, and the local folder that contains the files that will be served below it.
///
/// A prefix ends at a path boundary: `https://cdn.x/a` covers `/a/b.png` and not `/ab.png`. Scheme, host and port
/// are compared in normalised form, and path segments byte for byte after percent-decoding. The query is ignored.
public struct URLMapping: Sendable, Hashable {
  /// The prefix as it was given.
  public let prefix: AssetURL
  /// The folder as it was given: absolute, or relative to the working folder.
  public let folder: FilePath

  private let segments: [PathSegment]

  /// A mapping of `prefix` to `folder`.
  /// - Throws: `AssetURLProblem` if the prefix is not a plain http(s) URL, if it has credentials, a query or a
  ///   fragment, or if its path cannot be the path of a folder.
  public init(prefix text: String, folder: FilePath) throws(AssetURLProblem) {
    let reading = AssetURL.read(text)
    if let problem = reading.problems.first { throw problem }
    guard let url = reading.url else { throw AssetURLProblem(.empty, "there is no URL") }
    guard url.query == nil, url.fragment == nil else {
      throw AssetURLProblem(.notAPrefix, "a prefix has no query and no fragment")
    }
    var written = PathSegment.written(in: url)
    // `/a` and `/a/` are the same prefix.
    if written.last?.isEmpty == true { written.removeLast() }
    var segments: [PathSegment] = []
    for segment in written {
      do throws(PathSegment.Refusal) {
        segments.append(try PathSegment(segment))
      } catch {
        throw AssetURLProblem(.notAPrefix, "a prefix may not have \(error.what) in its path")
      }
    }
    prefix = url
    self.folder = folder
    self.segments = segments
  }

  /// How many path segments the prefix has.
  var length: Int { segments.count }

  /// Whether both cover the same URLs.
  public func coversTheSame(as other: URLMapping) -> Bool {
    hasSameOrigin(as: other.prefix) && segments == other.segments
  }

  /// The path segments of `url` after the prefix, as written; `nil` if the URL is not below the prefix.
  func rest(of url: AssetURL) -> ArraySlice<Substring>? {
    guard hasSameOrigin(as: url) else { return nil }
    let written = PathSegment.written(in: url)
    guard written.count >= segments.count,
      zip(segments, written).allSatisfy({ $0 == (try? PathSegment($1)) })
    else { return nil }
    return written[segments.count...]
  }

  private func hasSameOrigin(as url: AssetURL) -> Bool {
    prefix.scheme == url.scheme && prefix.host == url.host && prefix.effectivePort == url.effectivePort
  }
}

extension AssetURLProblem.Code {
  /// A URL that cannot be a prefix.
  public static let notAPrefix = AssetURLProblem.Code(rawValue: "not-a-prefix")
}

/// A percent-decoded segment of a URL's path that is certain to name one entry in one folder.
struct PathSegment: Sendable, Hashable {
  /// The name's bytes. Two encodings of the same letters are two names.
  private let bytes: [UInt8]
  /// The name as a part of a path.
  let component: FilePath.Component

  /// Why a segment does not name an entry of a folder.
  struct Refusal: Error {
    /// The problem, as a noun phrase.
    let what: String
  }

  /// Decodes a segment as it is written in a URL.
  init(_ written: Substring) throws(Refusal) {
    guard !written.isEmpty else { throw Refusal(what: "an empty segment") }
    guard let name = PercentEncoding.decode(written) else { throw Refusal(what: "bytes that are not UTF-8") }
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

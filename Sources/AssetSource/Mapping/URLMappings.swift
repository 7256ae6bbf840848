public import AssetOpening
public import Locations
public import SystemPackage

/// The mappings of a run. The longest prefix that covers a URL is used.
public struct URLMappings: Sendable, Hashable {
  /// The place of the local copy of a URL.
  public struct LocalCopy: Sendable, Hashable {
    /// The mapped folder as it was given.
    public let folder: FilePath
    /// The path from there: at least one name, without `.` and `..`.
    public let path: FilePath
  }

  private let mappings: [URLMapping]

  /// Mappings in any order; of two with the same prefix, the first counts.
  public init(_ mappings: [URLMapping]) {
    self.mappings = mappings
  }

  /// Whether a mapping covers `url`, so that it is never fetched.
  public func covers(_ url: AssetURL) -> Bool { match(url) != nil }

  /// The place of the local copy of `url`; `nil` if no mapping covers it.
  ///
  /// The file system is not read here; the opener follows links.
  /// - Throws: `AssetError` of code `unreadable` if the path could lead to another place than a file in the
  ///   folder.
  public func localCopy(of url: AssetURL) throws(AssetError) -> LocalCopy? {
    guard let (mapping, rest) = match(url) else { return nil }
    guard rest.contains(where: { !$0.isEmpty }) else {
      throw AssetError(.unreadable, message: "the URL names the whole mapped folder, not a file in it")
    }
    var components: [FilePath.Component] = []
    for written in rest {
      do throws(PathSegment.Refusal) {
        components.append(try PathSegment(written).component)
      } catch {
        throw AssetError(
          .unreadable, message: "a mapped URL may not have \(error.what) in its path")
      }
    }
    return LocalCopy(folder: mapping.folder, path: FilePath(root: nil, components))
  }

  private func match(_ url: AssetURL) -> (URLMapping, rest: ArraySlice<Substring>)? {
    var longest: (mapping: URLMapping, rest: ArraySlice<Substring>)?
    for mapping in mappings where mapping.length > longest?.mapping.length ?? -1 {
      if let rest = mapping.rest(of: url) { longest = (mapping, rest) }
    }
    return longest
  }
}

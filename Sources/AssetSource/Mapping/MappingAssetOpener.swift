public import AssetOpening
public import Locations
public import SystemPackage

/// Opens local copies of the URLs that mappings cover. Another opener handles all other locations.
///
/// A local copy has no delivery facts, since nothing was proved about the URL itself.
public struct MappingAssetOpener: AssetOpener {
  private let mappings: URLMappings
  private let workingFolder: FilePath
  private let next: any AssetOpener
  // Callers cannot choose this opener, since one that states a delivery would make a copy look fetched.
  private let local = LocalAssetOpener()

  /// An opener that passes locations without a mapping to `next`.
  ///
  /// - Parameters:
  ///   - mappings: Which URLs have copies, and where.
  ///   - workingFolder: An absolute path, from which relative folders of mappings start.
  ///   - next: Opens everything else.
  public init(_ mappings: URLMappings, workingFolder: FilePath, next: any AssetOpener) {
    self.mappings = mappings
    self.workingFolder = workingFolder
    self.next = next
  }

  /// False for mapped URLs; otherwise the answer of `next`.
  public func needsNetwork(for location: AssetLocation) -> Bool {
    if let url = location.url, mappings.covers(url) { return false }
    return next.needsNetwork(for: location)
  }

  /// False for mapped URLs, about which nothing is proved; otherwise the answer of `next`.
  public func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool {
    guard needsNetwork(for: location) else { return false }
    return await next.isUnchanged(location, entityTag: entityTag, timeLimit: timeLimit)
  }

  /// Shuts down `next`.
  public func shutdown() async { await next.shutdown() }

  /// Opens the local copy, or what `next` opens.
  /// - Throws: `AssetError`; of code `missing`, with the local path, if there is no copy; of code `unreadable` if
  ///   the URL or a link leads out of the mapped folder.
  public func open(
    _ location: AssetLocation, _ request: OpenRequest
  ) async throws(AssetError) -> OpenedAsset {
    guard let url = location.url, let copy = try mappings.localCopy(of: url) else {
      return try await next.open(location, request)
    }
    let folder = workingFolder.pushing(copy.folder)
    let place = try PathConfinement(base: folder, folders: [folder]).place(copy.path)
    let file = copy.folder.pushing(copy.path)
    let shown = displayText(file)
    guard place.isInside else {
      throw AssetError(.unreadable, message: "the local copy \(shown) is a link out of the mapped folder")
    }
    do throws(AssetError) {
      var asset = try await local.open(AssetLocation(path: place.path), request)
      asset.localCopy = file
      return asset
    } catch {
      var error = error
      error.message =
        error.code == .missing
        ? "there is no local copy at \(shown)" : "the local copy \(shown): \(error.message)"
      throw error
    }
  }
}

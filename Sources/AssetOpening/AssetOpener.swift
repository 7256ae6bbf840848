public import Locations

/// Turns locations into bytes.
public protocol AssetOpener: Sendable {
  /// Opens the asset at `location`.
  ///
  /// Whether the location may be opened at all (confinement, URL policy) is for the caller to have asked
  /// before.
  /// - Throws: `AssetError` if there are no bytes to be had.
  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset

  /// Whether opening `location` would ask a server, so that the URL policy has a say.
  func needsNetwork(for location: AssetLocation) -> Bool

  /// Whether a server says that the asset at `location` still is what had this strong entity tag.
  ///
  /// `false` wherever that was not proved: it changed, the server cannot tell or cannot be asked.
  func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool

  /// Closes what is kept open between assets, such as connections; assets that are still being read fail.
  func shutdown() async
}

extension AssetOpener {
  /// Every URL does, and no path.
  public func needsNetwork(for location: AssetLocation) -> Bool { location.url != nil }

  /// Nothing is proved.
  public func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool {
    false
  }

  /// Nothing is kept open.
  public func shutdown() async {}
}

/// What the caller of an opener wants to know, and what it may cost.
public struct OpenRequest: Sendable, Hashable {
  /// The length in bytes up to which an asset is digested, and so read as a whole; `nil`: no digest is wanted, and of
  /// a remote asset only what is read is fetched.
  public var digestLimit: Int64?
  /// The length in bytes up to which a remote asset is worth its transfer; one that is longer fails with the code
  /// `tooLarge`. `nil`: any.
  public var transferLimit: Int64?
  /// Longest time in which a remote asset must have arrived; `nil`: as the opener sees fit.
  public var timeLimit: Duration?

  /// A request, with a digest up to a length or without.
  public init(digestLimit: Int64? = nil, transferLimit: Int64? = nil, timeLimit: Duration? = nil) {
    self.digestLimit = digestLimit
    self.transferLimit = transferLimit
    self.timeLimit = timeLimit
  }
}

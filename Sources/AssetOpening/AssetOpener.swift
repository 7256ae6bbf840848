public import Locations

/// Turns locations into bytes.
public protocol AssetOpener: Sendable {
  /// Opens the asset at `location`.
  ///
  /// The caller must check before whether the location may be opened (confinement, URL policy).
  /// - Throws: `AssetError` if the bytes cannot be opened.
  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset

  /// Whether opening `location` would contact a server, so that the URL policy applies.
  func needsNetwork(for location: AssetLocation) -> Bool

  /// Whether a server confirms that the asset at `location` still has this strong entity tag.
  ///
  /// The result is `false` if that was not proved: the asset changed, or the server cannot confirm it or be reached.
  func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool

  /// Closes what is kept open between assets, such as connections; assets that are still being read fail.
  func shutdown() async
}

extension AssetOpener {
  /// True for every URL, false for every path.
  public func needsNetwork(for location: AssetLocation) -> Bool { location.url != nil }

  /// Nothing is proved.
  public func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool {
    false
  }

  /// Nothing is kept open.
  public func shutdown() async {}
}

/// What the caller of an opener needs, and how much may be transferred for it.
public struct OpenRequest: Sendable, Hashable {
  /// Assets up to this length in bytes are digested, and so read as a whole. With `nil` there is no digest, and only the
  /// parts of a remote asset that are read are fetched.
  public var digestLimit: Int64?
  /// The longest remote asset in bytes that is transferred. A longer one fails with the code `tooLarge`. `nil`: no
  /// limit.
  public var transferLimit: Int64?
  /// Longest time in which a remote asset must have arrived; `nil`: the opener decides.
  public var timeLimit: Duration?

  /// A request, with a digest up to a length or without.
  public init(digestLimit: Int64? = nil, transferLimit: Int64? = nil, timeLimit: Duration? = nil) {
    self.digestLimit = digestLimit
    self.transferLimit = transferLimit
    self.timeLimit = timeLimit
  }
}

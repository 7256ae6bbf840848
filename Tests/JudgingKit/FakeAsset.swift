public import AssetOpening
import AssetSource
public import Locations
public import MediaFacts

/// An asset that exists in memory only: what opening, probing and finishing it come to.
public struct FakeAsset: Sendable {
  /// What the probe measures.
  public var facts: MediaFacts
  /// The length that is known from the beginning.
  public var length: Int64?
  /// The length that is known once everything was read; `nil`: the same.
  public var finalLength: Int64?
  /// The digest of the bytes, if one is requested.
  public var sha256: String? = String(repeating: "ab", count: 32)
  /// Changes what the server did; a path has no server.
  public var deliver: @Sendable (inout DeliveryFacts) -> Void = { _ in }
  /// Whether a URL is answered by a server, and not by a local copy.
  public var isDelivered = true
  /// Why it cannot be opened.
  public var openFailure: AssetError?
  /// Why it cannot be probed.
  public var probeFailure: ProbeError?
  /// Why what was read does not count.
  public var conclusionFailure: AssetError?

  /// An asset of 18 211 bytes.
  public init(_ facts: MediaFacts, length: Int64? = 18211) {
    self.facts = facts
    self.length = length
  }

  /// An asset that cannot be opened.
  public static func closed(_ code: AssetError.Code, _ message: String = "it did not open") -> FakeAsset {
    var asset = FakeAsset(MediaFacts())
    asset.openFailure = AssetError(code, message: message)
    return asset
  }

  /// The asset with something changed.
  public func with(_ change: (inout FakeAsset) -> Void) -> FakeAsset {
    var asset = self
    change(&asset)
    return asset
  }
}

/// Hands out assets by their location; what it does not know is missing.
public struct FakeOpener: AssetOpener {
  private let assets: [String: FakeAsset]

  /// An opener of `assets`, by the text of their location.
  public init(_ assets: [String: FakeAsset]) { self.assets = assets }

  /// The asset at `location`.
  public func open(
    _ location: AssetLocation, _ request: OpenRequest
  ) async throws(AssetError) -> OpenedAsset {
    guard let asset = assets[location.text] else {
      throw AssetError(.missing, message: "there is no such file")
    }
    if let failure = asset.openFailure { throw failure }
    let source = MemorySource(asset)
    let delivery = location.url.flatMap { url in asset.isDelivered ? Self.delivery(of: asset, url) : nil }
    return OpenedAsset(source: source, delivery: delivery) {
      source.finish()
      guard asset.conclusionFailure == nil else { return AssetConclusion(failure: asset.conclusionFailure) }
      return AssetConclusion(
        sha256: request.digestLimit == nil ? nil : asset.sha256, delivery: delivery)
    }
  }

  private static func delivery(of asset: FakeAsset, _ url: AssetURL) -> DeliveryFacts {
    var delivery = DeliveryFacts(
      finalURL: url, status: 200, redirects: 0, requests: 1, bytesReceived: asset.length ?? 0,
      etag: "\"e1\"")
    asset.deliver(&delivery)
    return delivery
  }
}

/// Answers with the facts of the fake asset whose source it is given.
public struct FakeProber: Prober {
  /// A prober of what a `FakeOpener` hands out.
  public init() {}

  /// The asset's facts, or its failure.
  public func probe(
    _ source: any ByteSource, _ request: ProbeRequest
  ) async throws(ProbeError) -> MediaFacts {
    guard let source = source as? MemorySource else {
      throw ProbeError(.unavailable, message: "this is not a fake asset")
    }
    if let failure = source.asset.probeFailure { throw failure }
    return source.asset.facts
  }
}

public import MediaFacts
public import SystemPackage

/// An asset whose bytes can be read.
///
/// Read the source first, then call `finish()`: what was read counts only if the conclusion has no failure.
public struct OpenedAsset: Sendable {
  /// The bytes. The source stays open as long as it is referenced.
  public let source: any ByteSource
  /// What the server had done when the first bytes arrived; `nil` for a local file.
  public let delivery: DeliveryFacts?
  /// The local file that a mapping opened in place of the URL; `nil` if no mapping applied.
  public var localCopy: FilePath?

  private let conclude: @Sendable () async -> AssetConclusion
  private let drop: @Sendable () async -> AssetConclusion

  /// An asset that `conclude` brings to its end, and `abandon` to one that does without the rest.
  public init(
    source: any ByteSource, delivery: DeliveryFacts? = nil,
    conclude: @escaping @Sendable () async -> AssetConclusion,
    abandon: (@Sendable () async -> AssetConclusion)? = nil
  ) {
    self.source = source
    self.delivery = delivery
    self.conclude = conclude
    drop = abandon ?? conclude
  }

  /// The length in bytes, if it is known.
  public var length: Int64? { source.length }

  /// Digests the bytes, and looks whether they stayed the same since the asset was opened.
  ///
  /// Cancelling the task ends it early, with a failure of code `cancelled`.
  public func finish() async -> AssetConclusion { await conclude() }

  /// Ends without what has not arrived yet, because what was read says enough; there may be no digest.
  public func abandon() async -> AssetConclusion { await drop() }
}

/// What is known of an asset once everything was read.
public struct AssetConclusion: Sendable, Hashable {
  /// The SHA-256 of all bytes in lower-case hexadecimal digits; `nil` if it was not wanted, the asset is
  /// longer than the bound, or there is a failure.
  public var sha256: String?
  /// Why what was read does not count: the bytes changed, a read failed, the caller cancelled.
  public var failure: AssetError?
  /// What the server had done in the end; `nil` for a local file.
  public var delivery: DeliveryFacts?
  /// How many bytes arrived from the start on, repetitions not counted; `nil` if it was not counted.
  public var arrived: Int64?

  /// A conclusion.
  public init(
    sha256: String? = nil, failure: AssetError? = nil, delivery: DeliveryFacts? = nil, arrived: Int64? = nil
  ) {
    self.sha256 = sha256
    self.failure = failure
    self.delivery = delivery
    self.arrived = arrived
  }
}

public import MediaFacts
public import SystemPackage

/// An asset whose bytes can be read.
///
/// Read the source first, then call `finish()`: what was read counts only if the conclusion has no failure.
public struct OpenedAsset: Sendable {
  /// The bytes. The source stays open as long as it is referenced.
  public let source: any ByteSource
  /// The delivery until the first bytes arrived; `nil` for a local file.
  public let delivery: DeliveryFacts?
  /// The local file that a mapping opened in place of the URL; `nil` if no mapping applied.
  public var localCopy: FilePath?

  private let conclude: @Sendable () async -> AssetConclusion
  private let drop: @Sendable () async -> AssetConclusion

  /// An asset. `conclude` implements `finish()`, and `abandon` ends without the rest of the bytes.
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

  /// Digests the bytes, and checks that they have not changed since the asset was opened.
  ///
  /// Cancelling the task ends it early, with a failure of code `cancelled`.
  public func finish() async -> AssetConclusion { await conclude() }

  /// Ends without the bytes that have not arrived, if they are not needed. There may be no digest.
  public func abandon() async -> AssetConclusion { await drop() }
}

/// The facts about an asset after everything was read.
public struct AssetConclusion: Sendable, Hashable {
  /// The SHA-256 of all bytes in lower-case hexadecimal digits; `nil` if it was not wanted, the asset is
  /// longer than the bound, or there is a failure.
  public var sha256: String?
  /// Why the bytes that were read are not valid: they changed, a read failed, or the caller cancelled.
  public var failure: AssetError?
  /// The complete delivery; `nil` for a local file.
  public var delivery: DeliveryFacts?
  /// How many bytes arrived from the start on, without repetitions; `nil` if they were not counted.
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

import AssetOpening
import AssetSource
import Foundation
import Locations
import MediaFacts

/// One asset fetched by a test.
struct Fetched: Sendable {
  /// What could be read; empty if nothing could.
  var bytes: [UInt8] = []
  /// Why opening, reading or finishing failed, whichever came first.
  var failure: AssetError?
  /// What is known in the end.
  var conclusion: AssetConclusion?
  /// The length that the source stated when it was opened.
  var stated: Int64?
  /// Whether these very bytes were read. (An expectation on the arrays themselves would spend minutes on their
  /// difference.)
  func holds(_ expected: [UInt8]) -> Bool { bytes == expected }

  /// What the server had done in the end.
  var delivery: DeliveryFacts? { conclusion?.delivery ?? failure?.delivery }
}

/// Fetches from servers under test: few tries, and more patience than a busy machine needs.
struct Fetching: Sendable {
  var options = HTTPOptions()
  var resolver: any HostResolver = SystemResolver(limit: .seconds(30))
  var variables: [String: String] = [:]
  var timeLimit: Duration = .seconds(180)
  var transferLimit: Int64? = 1 << 20

  init() {
    options.policy = AddressPolicy(allowsPrivateHosts: true)
    options.attempts = 2
    options.idleLimit = .seconds(60)
    options.connectLimit = .seconds(30)
  }

  func with(_ change: (inout Fetching) -> Void) -> Fetching {
    var copy = self
    change(&copy)
    return copy
  }

  /// Fetches all of `url`, with its digest.
  func whole(_ url: String) async -> Fetched {
    await fetch(url, OpenRequest(digestLimit: 1 << 30, transferLimit: transferLimit, timeLimit: timeLimit)) {
      source in
      try Self.read(source, from: 0, count: .max)
    }
  }

  /// Fetches parts of `url`: so many bytes from each offset, one after the other.
  func parts(_ url: String, _ parts: [(Int64, Int)]) async -> Fetched {
    await fetch(url, OpenRequest(transferLimit: transferLimit, timeLimit: timeLimit)) { source in
      try parts.flatMap { try Self.read(source, from: $0.0, count: $0.1) }
    }
  }

  private func fetch(
    _ url: String, _ request: OpenRequest, _ read: @escaping @Sendable (any ByteSource) throws -> [UInt8]
  ) async -> Fetched {
    let opener = HTTPAssetOpener(options, resolver: resolver, environment: variables)
    var fetched = Fetched()
    do throws(AssetError) {
      let asset = try await opener.open(AssetLocation(url), request)
      fetched.stated = asset.length
      switch await Self.blocking({ try read(asset.source) }) {
      case .success(let bytes): fetched.bytes = bytes
      case .failure(let error): fetched.failure = (error as? ByteSourceError).map { AssetError($0) }
      }
      let conclusion = await asset.finish()
      fetched.conclusion = conclusion
      fetched.failure = conclusion.failure ?? fetched.failure
    } catch {
      fetched.failure = error
    }
    await opener.shutdown()
    return fetched
  }

  /// Reads as a probe does: a piece at a time, until the proven end.
  static func read(_ source: any ByteSource, from offset: Int64, count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 50_000)
    while bytes.count < count {
      let wanted = min(buffer.count, count - bytes.count)
      let read = try buffer.withUnsafeMutableBytes { buffer in
        try source.read(
          at: offset + Int64(bytes.count), into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
      }
      if read == 0 { break }
      bytes += buffer[..<read]
    }
    return bytes
  }

  /// Runs what blocks on a thread that may.
  static func blocking<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async -> Result<Value, any Error> {
    await withCheckedContinuation { continuation in
      // A thread of its own: many tests block at a time, and a pool has only so many.
      Thread.detachNewThread { continuation.resume(returning: Result { try work() }) }
    }
  }
}

/// Bytes in which every place can be told from every other.
func pattern(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    var state = seed
    for index in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      buffer[index] = UInt8(truncatingIfNeeded: state >> 56)
    }
    initialized = count
  }
}

import AssetOpening
import AsyncHTTPClient
import Crypto
import MediaFacts
import NIOCore

/// Transfers a whole asset into its source in one pass, with its digest. A dropped connection is resumed where it broke
/// off.
///
/// One task owns the transfer.
struct WholeTransfer {
  /// If the server states a length above the limit, the body is cut here, since these bytes are enough to identify it.
  private static let glimpse: Int64 = 64 << 10
  /// After this many new bytes, earlier failures no longer count.
  private static let progress: Int64 = 256 << 10

  private let session: FetchSession
  private let source: ArrivingSource
  private let limit: Int64
  private let deadline: ContinuousClock.Instant

  private var digest: SHA256?
  private var position: Int64 = 0
  private var total: Int64?
  private var validator: Validator?
  /// Whether a range can be trusted to be a part of what has arrived.
  private var hasRanges = false
  private var mistrustsRanges = false
  private var decompresses = false
  private var failures = 0
  private var lastFailure: Int64 = 0

  /// A transfer into `source` of at most `limit` + 1 bytes, with a digest if one is requested.
  init(
    _ session: FetchSession, into source: ArrivingSource, limit: Int64?, digests: Bool,
    until deadline: ContinuousClock.Instant
  ) {
    self.session = session
    self.source = source
    self.limit = min(limit ?? .max, .max - 1)
    self.deadline = deadline
    digest = digests ? SHA256() : nil
  }

  /// Runs the transfer to its end, from the first answer on; returns the digest, if one is requested.
  ///
  /// The caller must report a failure to the source, since only the caller can distinguish a time-out from a cancellation.
  mutating func run(_ first: Answer) async throws(AssetError) -> String? {
    var answer = first
    while try await !isComplete(after: answer) { answer = try await next() }
    source.complete()
    return digest?.finalize().hexadecimal
  }

  /// Takes in an answer's body, and returns whether the asset is complete.
  private mutating func isComplete(after answer: Answer) async throws(AssetError) -> Bool {
    do throws(FetchFailure) {
      try check(answer)
      // An end before the bytes that have arrived, or after the stated length, belongs to other content.
      guard try await take(answer) == position, total.map({ position <= $0 }) ?? true else {
        throw FetchFailure(Self.changed)
      }
      guard let total, position < total else { return true }
      // A server may shorten long ranges, but each answer must have new bytes.
      guard position > lastFailure else {
        throw FetchFailure(
          AssetError(.unreachable, message: "the server ended after \(position) of \(total) bytes"),
          .again(after: nil))
      }
      lastFailure = position
      return false
    } catch {
      switch error.remedy {
      case .none: throw error.error
      case .plainly: return false
      case .again(let wish):
        failures = position >= lastFailure + Self.progress ? 1 : failures + 1
        lastFailure = position
        try await session.pause(failures, error.error, wish, until: deadline)
        return false
      }
    }
  }

  /// The next answer: the rest, if the server can identify the content; else the whole asset again, which is compared with
  /// the bytes that have arrived.
  private func next() async throws(AssetError) -> Answer {
    // Without a strong tag, it is not certain that a part belongs to the bytes that have arrived.
    let canResume =
      hasRanges && !mistrustsRanges && !decompresses && position > 0 && validator?.ifRange != nil
    return try await session.get(
      canResume ? .from(position) : nil, ifRange: validator, decompressing: decompresses, until: deadline,
      failures: failures)
  }

  /// Checks that an answer belongs to the same content as those before it.
  private mutating func check(_ answer: Answer) throws(FetchFailure) {
    let isEncoded = answer.encoding != nil
    let stated: Int64?
    switch answer.content {
    case .empty: stated = 0
    case .whole(let length): stated = isEncoded ? nil : length
    case .part(_, let length):
      stated = length
      hasRanges = true
    }
    if let validator {
      guard validator.agrees(with: answer.validator), total == nil || stated == nil || total == stated else {
        throw FetchFailure(Self.changed)
      }
      if case .part = answer.content, position > 0, answer.validator.ifRange != validator.ifRange {
        throw mistrust()
      }
    } else {
      validator = answer.validator
    }
    total = total ?? stated
  }

  /// This server's ranges are not reliable, so the whole asset is requested again.
  private mutating func mistrust() -> FetchFailure {
    mistrustsRanges = true
    return FetchFailure(
      AssetError(.unreachable, message: "the server did not answer with the requested bytes"), .plainly)
  }

  /// Takes in a body, and returns the offset after its last byte.
  private mutating func take(_ answer: Answer) async throws(FetchFailure) -> Int64 {
    var cursor: Int64 = 0
    var end = Int64.max
    if case .part(let bytes, _) = answer.content {
      cursor = bytes.lowerBound
      end = bytes.upperBound + 1
    }
    let announced = total ?? 0
    let most = announced > limit ? min(limit, Self.glimpse) : limit
    // The client may be shut down as soon as its lease is released.
    defer { withExtendedLifetime(answer.lease) {} }
    do {
      for try await var chunk in answer.body {
        session.meter.received(chunk.readableBytes)
        if position == 0, Self.isCompressed(chunk, answer.encoding) {
          guard !decompresses else {
            throw AssetError(
              .unreachable, message: "the server sent a Content-Encoding that cannot be decoded here")
          }
          // The asset is the decoded body.
          decompresses = true
          total = nil
          throw FetchFailure(AssetError(.unreachable, message: "the body is encoded"), .plainly)
        }
        let isBeyond = Int64(chunk.readableBytes) > end - cursor
        if isBeyond { chunk = chunk.readSlice(length: Int(end - cursor)) ?? ByteBuffer() }
        try take(chunk, &cursor, most)
        if isBeyond { throw mistrust() }
      }
    } catch {
      throw FetchFailure(error, limits: session.options)
    }
    return cursor
  }

  /// Appends the new bytes of a chunk, and compares the others.
  private mutating func take(_ chunk: ByteBuffer, _ cursor: inout Int64, _ most: Int64) throws {
    try chunk.withUnsafeReadableBytes { bytes in
      let known = Int(min(max(0, position - cursor), Int64(bytes.count)))
      if known > 0 {
        let old = UnsafeRawBufferPointer(rebasing: bytes[..<known])
        guard try source.holds(old, at: cursor) else {
          throw Self.changed
        }
        cursor += Int64(known)
      }
      // A length that is stated late may be below the bytes that have arrived.
      let room = Int(clamping: max(0, most + 1 - position))
      let new = UnsafeRawBufferPointer(rebasing: bytes[known...].prefix(room))
      if !new.isEmpty {
        do throws(ByteSourceError) { try source.append(new) } catch { throw AssetError(error) }
        digest?.update(bufferPointer: new)
        position += Int64(new.count)
        cursor += Int64(new.count)
      }
      if position > most {
        throw AssetError(.tooLarge, message: "the asset is longer than \(limit) bytes")
      }
    }
  }

  private static let changed = AssetError(
    .changed, message: "the asset changed on the server while it was fetched")

  /// Whether a body really has its `Content-Encoding`. The header is often set by mistake.
  private static func isCompressed(_ chunk: ByteBuffer, _ encoding: String?) -> Bool {
    let start = Array(chunk.readableBytesView.prefix(2))
    switch encoding {
    // Bytes may arrive one at a time.
    case "gzip", "x-gzip": return !start.isEmpty && [0x1F, 0x8B].starts(with: start)
    case "deflate":
      return start.count == 2 && start[0] & 0x0F == 8 && (Int(start[0]) << 8 | Int(start[1])) % 31 == 0
    default: return false
    }
  }
}

extension ByteSourceError {
  /// The failure of a source for a failed delivery.
  init(_ error: AssetError) {
    let code: Code =
      switch error.code {
      case .changed: .changed
      case .cancelled: .cancelled
      case .timedOut: .timedOut
      case .tooLarge: .tooLarge
      case .unreadable: .unreadable
      default: .unreachable
      }
    self.init(code, message: error.message, errno: error.errno)
  }
}

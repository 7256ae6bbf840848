import AssetOpening

/// A range of bytes that a request asks for.
struct ByteRange: Sendable, Hashable {
  /// The first byte.
  var first: Int64
  /// The last byte, inclusive; `nil`: to the end.
  var last: Int64?

  /// From a byte on to the end.
  static func from(_ first: Int64) -> ByteRange { ByteRange(first: first, last: nil) }

  /// The value of the `Range` header (RFC 9110, 14.2).
  var header: String { "bytes=\(first)-\(last.map(String.init) ?? "")" }
}

/// The value of a `Content-Range` header (RFC 9110, 14.4).
struct ContentRange: Sendable, Hashable {
  /// The bytes in the answer; `nil` in an answer that could not satisfy the range.
  var bytes: ClosedRange<Int64>?
  /// The length of the whole, if the server knows it.
  var total: Int64?

  init(_ bytes: ClosedRange<Int64>?, total: Int64?) {
    self.bytes = bytes
    self.total = total
  }

  /// Reads a header strictly: `bytes 0-99/1000`, `bytes 0-99/*`, `bytes */1000`.
  init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let total = halves[1] == "*" ? nil : Self.number(halves[1])
    guard halves[1] == "*" || total != nil else { return nil }
    if halves[0] == "*" {
      guard let total else { return nil }
      self.init(nil, total: total)
      return
    }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]), first <= last,
      // The position after the last byte must be a valid `Int64`, too.
      last < .max, total.map({ last < $0 }) ?? true
    else { return nil }
    self.init(first...last, total: total)
  }

  /// Decimal digits, without the sign that the standard library's parser would accept.
  static func number(_ text: some StringProtocol) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int64(text)
  }
}

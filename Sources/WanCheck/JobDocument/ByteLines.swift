import JobDocuments

/// Bytes that arrive in chunks and are taken line by line or as a whole. The bytes in memory are bounded.
package struct ByteLines<Failure: Error> {
  /// One line, without the byte that ends it.
  package struct Line {
    package var bytes: [UInt8]
    /// The number of the line, from 1.
    package var number: Int
    /// Whether the line was longer than the bound; its bytes are then dropped.
    package var isTooLong = false
    /// Whether the byte that ends a line was there; the last line may lack it.
    package var isEnded = true
  }

  private let nextChunk: () throws(Failure) -> [UInt8]
  private let separator: UInt8
  private var buffer: [UInt8] = []
  // The start of the bytes that were not taken yet, and the end of those that were searched for a line feed.
  private var start = 0
  private var searched = 0
  private var ended = false
  private var lines = 0

  /// Lines of the bytes that `nextChunk` gives, each ended by `separator`; an empty chunk is the end.
  package init(separator: UInt8 = .lineFeed, _ nextChunk: @escaping () throws(Failure) -> [UInt8]) {
    self.separator = separator
    self.nextChunk = nextChunk
  }

  /// The next line; `nil` at the end. A line above `limit` bytes is skipped up to its end as it arrives.
  package mutating func nextLine(limit: Int) throws(Failure) -> Line? {
    var isTooLong = false
    while true {
      if let lineFeed = findLineFeed() {
        let isWithin = !isTooLong && lineFeed - start <= limit
        let bytes = isWithin ? Array(buffer[start..<lineFeed]) : []
        start = lineFeed + 1
        lines += 1
        return Line(bytes: bytes, number: lines, isTooLong: !isWithin)
      }
      if isTooLong || buffer.count - start > limit {
        isTooLong = true
        discard()
      }
      guard try readChunk() else { break }
    }
    guard isTooLong || start < buffer.count else { return nil }
    lines += 1
    defer { discard() }
    return Line(bytes: Array(buffer[start...]), number: lines, isTooLong: isTooLong, isEnded: false)
  }

  /// All bytes that are left; `nil` if they are more than `limit`.
  mutating func rest(limit: Int) throws(Failure) -> [UInt8]? {
    while buffer.count - start <= limit {
      guard try readChunk() else {
        defer { discard() }
        return Array(buffer[start...])
      }
    }
    discard()
    return nil
  }

  /// The bytes up to the first that `isWanted` accepts, and that one, without taking them; `nil` if there is
  /// none within `limit` bytes.
  mutating func peek(limit: Int, until isWanted: (UInt8) -> Bool) throws(Failure) -> [UInt8]? {
    var seen = 0
    while true {
      while start + seen < buffer.count {
        if isWanted(buffer[start + seen]) { return Array(buffer[start...start + seen]) }
        seen += 1
        if seen > limit { return nil }
      }
      guard try readChunk() else { return nil }
    }
  }

  private mutating func findLineFeed() -> Int? {
    let found = buffer.withUnsafeBufferPointer { bytes -> Int? in
      var index = max(start, searched)
      while index < bytes.count {
        if bytes[index] == separator { return index }
        index += 1
      }
      return nil
    }
    searched = found ?? buffer.count
    return found
  }

  /// Adds a chunk to the buffer; `false` at the end.
  private mutating func readChunk() throws(Failure) -> Bool {
    guard !ended else { return false }
    let chunk = try nextChunk()
    ended = chunk.isEmpty
    // Moving the rest to the front takes no longer than adding the chunk.
    if start > chunk.count || start == buffer.count {
      buffer.removeSubrange(..<start)
      searched -= min(start, searched)
      start = 0
    }
    buffer += chunk
    return !ended
  }

  private mutating func discard() {
    buffer.removeAll()
    start = 0
    searched = 0
  }
}

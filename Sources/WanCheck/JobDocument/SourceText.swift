import JobDocuments

/// The text that a job was read from: a whole document, or one line of JSON Lines.
///
/// The jobs of one document share its bytes. Marks along the text make the time to find a place independent of the
/// length of the document and of its lines.
package struct SourceText: Sendable, Hashable {
  /// The bytes of a part of one line around a place.
  struct Part {
    var bytes: ArraySlice<UInt8>
    /// Where the place is in `bytes`.
    var offset: Int
    /// Whether the part begins after the start of the line, or ends before its end.
    var isCut: (before: Bool, after: Bool)
    /// Whether the first byte is inside double quotes; in YAML, a string can continue on any line.
    var beginsInString: Bool
    /// Whether the text is YAML.
    var isYAML: Bool
  }

  /// Bytes between two marks.
  private static let spacing = 1024

  /// The state of the reading at one offset.
  fileprivate struct Mark: Hashable {
    var offset: Int
    var line: Int
    /// Scalars on the line before the offset.
    var scalars = 0
    var lineStart: Int
    var isInString = false
    var isEscaped = false
  }

  /// The bytes of the text.
  let bytes: [UInt8]
  private let isYAML: Bool
  private let marks: [Mark]

  /// The line of the file on which the text begins, from 1.
  var firstLine: Int { marks.first?.line ?? 1 }

  /// The text that begins on `firstLine` of its file; YAML also ends a line at a carriage return by itself.
  init(_ bytes: [UInt8], firstLine: Int = 1, isYAML: Bool = false) {
    self.bytes = bytes
    self.isYAML = isYAML
    let mark = firstLine == 1 && bytes.starts(with: TextEncoding.byteOrderMark) ? 3 : 0
    var reading = Mark(offset: mark, line: firstLine, lineStart: mark)
    var marks = [reading]
    if bytes.count > Self.spacing {
      bytes.withUnsafeBufferPointer { bytes in
        var next = mark + Self.spacing
        while reading.offset < bytes.count {
          reading.step(over: bytes, isYAML)
          guard reading.offset >= next, reading.isAtScalar(of: bytes) else { continue }
          marks.append(reading)
          next += Self.spacing
        }
      }
    }
    self.marks = marks
  }

  /// Bytes of a line that are read before and after a place.
  private static let reach = (before: 1024, after: 8192)

  /// The part of the line around `position`; `nil` if the text has no such place.
  func part(around position: SourcePosition) -> Part? {
    let place = bytes.withUnsafeBufferPointer { bytes -> Mark? in
      let first = marks.partitioningIndex {
        ($0.line, $0.scalars) > (position.line, position.column - 1)
      }
      guard first > 0 else { return nil }
      var reading = marks[first - 1]
      while (reading.line, reading.scalars) < (position.line, position.column - 1)
        || !reading.isAtScalar(of: bytes)
      {
        guard reading.offset < bytes.count else { return nil }
        reading.step(over: bytes, isYAML)
      }
      return reading.line == position.line ? reading : nil
    }
    guard let place else { return nil }
    // The part begins at the start of the line or at a mark, where it is known whether a string is open.
    var start = Mark(offset: place.lineStart, line: place.line, lineStart: place.lineStart)
    if place.offset - place.lineStart > Self.reach.before {
      let after = marks.partitioningIndex { $0.offset > place.offset - Self.reach.before }
      if after > 0, marks[after - 1].offset > place.lineStart { start = marks[after - 1] }
    }
    let rest = bytes[place.offset...].prefix(Self.reach.after)
    let end = rest.firstIndex { $0 == .lineFeed || $0 == .carriageReturn }
    return Part(
      bytes: bytes[start.offset..<(end ?? rest.endIndex)], offset: place.offset,
      isCut: (start.offset > place.lineStart, end == nil && rest.endIndex < bytes.count),
      beginsInString: start.isInString, isYAML: isYAML)
  }
}

extension SourceText.Mark {
  /// Whether a scalar begins or the text ends here.
  fileprivate func isAtScalar(of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    offset == bytes.count || !bytes[offset].isContinuation
  }

  /// Reads one byte.
  fileprivate mutating func step(over bytes: UnsafeBufferPointer<UInt8>, _ isYAML: Bool) {
    let byte = bytes[offset]
    offset += 1
    let isLoneReturn =
      isYAML && byte == .carriageReturn
      && !(offset < bytes.count && bytes[offset] == .lineFeed)
    if byte == .lineFeed || isLoneReturn {
      self = Self(offset: offset, line: line + 1, lineStart: offset)
      return
    }
    if !byte.isContinuation { scalars += 1 }
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = isInString
    } else if byte == UInt8(ascii: "\"") {
      isInString.toggle()
    }
  }
}

extension Array {
  /// The index of the first element that `isAfter` accepts, where all elements after it are accepted too.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// JSON text made readable for libyaml, a YAML 1.1 parser, with the places of its values kept.
///
/// JSON is nearly a subset of YAML. What differs is bridged here, in one pass over strings and brackets:
/// surrogate pairs and characters that libyaml does not take inside quotes become YAML escapes, tabs and lone
/// carriage returns between values become spaces, and a key that is too long for libyaml's look-ahead, or has
/// its colon on a later line, is marked as a key. Whether the rest is JSON is for `JSONSyntax` to say.
struct JSONBridge {
  /// What the pass found to be wrong, at a byte offset.
  struct Flaw {
    var offset: Int
    var kind = DocumentProblem.Kind.syntax
    var message: String
  }

  /// The rewritten text.
  private(set) var text: [UInt8] = []
  /// Where the rewritten text has its characters in other columns.
  private(set) var shifts = ColumnShifts()
  /// The first thing that is wrong with a string, a comma, the nesting or the number of values.
  private(set) var flaw: Flaw?
  /// What stands for a byte order mark at the beginning of a string, which Yams would drop.
  private(set) var markStandIn: Unicode.Scalar?
  /// The offsets of the brackets that are open where the pass ended.
  private(set) var open: [Int] = []

  private let bounds: DocumentBounds
  private var values = 1
  private var line = 1
  private var copied = 0
  // The column, from 0, of the byte at `counted`, and how far the rewritten line runs ahead of the user's.
  private var counted = 0
  private var column = 0
  private var offset = 0

  // libyaml looks 1024 characters ahead for the colon of a key; a repeated key gets a tag in front of it too.
  private static let lookAhead = 900

  /// Passes over `source`, up to the first flaw.
  init(_ source: [UInt8], bounds: DocumentBounds) {
    self.bounds = bounds
    text.reserveCapacity(source.count)
    source.withUnsafeBufferPointer { pass(over: $0) }
  }

  private mutating func pass(over source: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var previous: UInt8 = 0
    var previousIndex = 0
    while index < source.count, flaw == nil {
      let byte = source[index]
      switch byte {
      case .lineFeed:
        startLine(after: index)
        index += 1
        continue
      case .tab, .carriageReturn:
        replace(index..<index + 1, with: [0x20], in: source)
        index += 1
        continue
      case 0x20:
        index += 1
        continue
      case UInt8(ascii: "\""):
        let start = index
        index = passString(from: index, in: source)
        (previous, previousIndex) = (byte, start)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(index)
        count(at: index)
        if open.count > bounds.nesting {
          flaw = Flaw(
            offset: index, kind: .limit,
            message: "more than \(bounds.nesting) arrays and objects inside one another")
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = open.popLast()
        if previous == UInt8(ascii: ",") {
          flaw = Flaw(
            offset: previousIndex,
            message: "a comma before `\(Character(Unicode.Scalar(byte)))`: remove the comma")
        }
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        count(at: index)
      default: break
      }
      (previous, previousIndex) = (byte, index)
      index += 1
    }
    if copied == 0 {
      text = Array(source)
    } else {
      text += source[copied...]
    }
  }

  private mutating func count(at index: Int) {
    values += 1
    if values > bounds.values {
      flaw = Flaw(
        offset: index, kind: .limit,
        message: "more than \(bounds.values) values in one document: \(bounds.valuesAdvice)")
    }
  }

  /// Passes over the string that begins at `start` and returns the index behind it.
  private mutating func passString(from start: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    let string = JSONStringScan(source, from: start)
    if let flaw = string.flaw {
      self.flaw = flaw
      return string.end
    }
    if needsKeyMark(start, string.end, in: source) {
      replace(start..<start, with: Array("? ".utf8), in: source)
    }
    for var edit in string.edits {
      if edit.range == string.leadingMark {
        guard let standIn = standIn(in: source) else {
          flaw = Flaw(
            offset: start, kind: .limit, message: "the text uses every private-use character of Unicode")
          return string.end
        }
        edit.codePoint = standIn.value
      }
      replace(edit.range, with: edit.escape, in: source)
    }
    return string.end
  }

  private mutating func standIn(in source: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    if markStandIn == nil {
      var standIns = StandIns(for: Array(source))
      markStandIn = standIns.take()
    }
    return markStandIn
  }

  private func needsKeyMark(_ start: Int, _ end: Int, in source: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = end
    var spansLines = false
    while index < source.count, source[index].isBlank {
      if source[index] == .lineFeed { spansLines = true }
      index += 1
    }
    guard index < source.count, source[index] == UInt8(ascii: ":") else { return false }
    return spansLines || index - start > Self.lookAhead
  }

  private mutating func startLine(after index: Int) {
    line += 1
    counted = index + 1
    column = 0
    offset = 0
  }

  private mutating func replace(
    _ range: Range<Int>, with replacement: [UInt8], in source: UnsafeBufferPointer<UInt8>
  ) {
    text += source[copied..<range.lowerBound]
    text += replacement
    copied = range.upperBound
    column += source.scalarCount(in: counted..<range.upperBound)
    counted = range.upperBound
    // Replacements are ASCII.
    let change = replacement.count - source.scalarCount(in: range)
    guard change != 0 else { return }
    offset += change
    shifts.note(line: line, column: 1 + column + offset, offset: offset)
  }
}

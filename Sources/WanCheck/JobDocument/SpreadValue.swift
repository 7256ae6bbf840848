import JobDocuments

/// Follows the brackets and strings of a JSON text, to find the end of a value that is written over several lines.
///
/// It stops at the first byte that is not valid there, so that a line that was cut does not include the lines after it.
struct SpreadValue {
  private enum Expectation { case value, key, colon, separator }

  private var containers: [UInt8] = []
  private var expected = Expectation.value
  private var isInString = false
  private var isEscaped = false
  private var isInWord = false

  /// Whether the text so far is not JSON, or is nested too deep to decide.
  private(set) var isBroken = false
  /// Whether the value ended with the last byte.
  private(set) var isComplete = false

  /// Whether an array or object is open, and its text is well formed so far.
  var isOpen: Bool { !isBroken && !isComplete && !containers.isEmpty && !isInString }

  /// The deepest nesting of arrays and objects that is followed.
  private static let nesting = 64

  /// The value that begins on `line`; the first line of a document may begin with a byte order mark.
  init(_ line: [UInt8], isFirstLine: Bool) {
    let mark = isFirstLine && line.starts(with: TextEncoding.byteOrderMark) ? 3 : 0
    for byte in line.dropFirst(mark) { read(byte) }
  }

  /// Reads `byte`.
  mutating func read(_ byte: UInt8) {
    guard !isBroken, !isComplete else { return }
    if isInString {
      readInString(byte)
      return
    }
    switch byte {
    case 0x20, .tab, .carriageReturn, .lineFeed: isInWord = false
    case UInt8(ascii: "\""): open(string: true)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard expected == .value, !isInWord, containers.count < Self.nesting else { return isBroken = true }
      containers.append(byte)
      expected = byte == UInt8(ascii: "{") ? .key : .value
    case UInt8(ascii: "}"): close(UInt8(ascii: "{"))
    case UInt8(ascii: "]"): close(UInt8(ascii: "["))
    case UInt8(ascii: ","): separate()
    case UInt8(ascii: ":"):
      guard expected == .colon else { return isBroken = true }
      expected = .value
    default: open(string: false)
    }
  }

  private mutating func readInString(_ byte: UInt8) {
    if byte == .lineFeed { isBroken = true }
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
    }
  }

  /// Begins a string, or a word such as a number, or continues a word.
  private mutating func open(string: Bool) {
    if isInWord, !string { return }
    switch expected {
    case .key where string: expected = .colon
    // Outside of all brackets, nothing can follow the value.
    case .value where !containers.isEmpty: expected = .separator
    default: return isBroken = true
    }
    isInString = string
    isInWord = !string
  }

  private mutating func separate() {
    guard expected == .separator, let container = containers.last else { return isBroken = true }
    expected = container == UInt8(ascii: "{") ? .key : .value
    isInWord = false
  }

  /// Closes a container; a comma before it is a fault that has a message of its own.
  private mutating func close(_ opening: UInt8) {
    guard containers.popLast() == opening, expected != .colon else { return isBroken = true }
    expected = .separator
    isInWord = false
    isComplete = containers.isEmpty
  }
}

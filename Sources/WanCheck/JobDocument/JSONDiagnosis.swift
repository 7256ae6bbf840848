/// What a person most likely did at the place where a text stops being JSON.
struct JSONDiagnosis {
  /// Where to point.
  let offset: Int
  /// What is wrong and how to mend it.
  let message: String

  /// Looks at the surroundings of `error`, the byte offset at which `bytes` stop being JSON.
  init(_ bytes: [UInt8], error: Int) {
    let word = Self.word(around: min(error, bytes.count), in: bytes)
    let start = word.lowerBound
    // Everything before the error is well formed, so the brackets that are open there are the ones around it.
    let before = JSONBridge(Array(bytes[..<start]), bounds: .unbounded)
    let previous = bytes[..<start].last { !$0.isBlank }
    guard start < bytes.count else {
      (offset, message) = Self.earlyEnd(bytes, open: before.open)
      return
    }
    offset = start
    let container = before.open.last.map { bytes[$0] }
    if previous != nil, container == nil {
      message = Self.afterTheEnd(bytes, at: start)
    } else if !word.isEmpty {
      message = Self.about(
        String(decoding: bytes[word], as: UTF8.self), after: previous,
        inObject: container == UInt8(ascii: "{"))
    } else {
      message = Self.about(bytes, at: start, after: previous, container: container)
    }
  }

  private static func earlyEnd(_ bytes: [UInt8], open: [Int]) -> (Int, String) {
    guard let bracket = open.last else {
      return (bytes.count, "the text ends before a value is complete")
    }
    return bytes[bracket] == UInt8(ascii: "{")
      ? (bracket, "the object that begins here is not closed: its `}` is missing")
      : (bracket, "the array that begins here is not closed: its `]` is missing")
  }

  private static func scalar(at offset: Int, in bytes: [UInt8]) -> Unicode.Scalar {
    String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first ?? "?"
  }

  private static func afterTheEnd(_ bytes: [UInt8], at offset: Int) -> String {
    let scalar = scalar(at: offset, in: bytes)
    return scalar == "{"
      ? "a second value after the first: put several jobs into an array, or one a line into a .jsonl file"
      : "\(String(scalar).excerpt) after the end of the value: remove it"
  }

  /// A run of letters, digits and signs, a number or a name, whole; empty if none is at `offset`.
  private static func word(around offset: Int, in bytes: [UInt8]) -> Range<Int> {
    func isPart(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    guard offset < bytes.count, isPart(bytes[offset]) else { return offset..<offset }
    var (start, end) = (offset, offset)
    while start > 0, isPart(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    return start..<end
  }

  private static func about(_ word: String, after previous: UInt8?, inObject: Bool) -> String {
    if inObject, previous == UInt8(ascii: "{") || previous == UInt8(ascii: ",") {
      return "the key \(word.excerpt) must stand in double quotes"
    }
    if let fault = JSONScalar.fault(of: word) {
      return fault
    }
    return missingSeparator(after: previous, inObject: inObject) ?? "\(word.excerpt) is not expected here"
  }

  private static func about(
    _ bytes: [UInt8], at offset: Int, after previous: UInt8?, container: UInt8?
  ) -> String {
    let scalar = scalar(at: offset, in: bytes)
    let inObject = container == UInt8(ascii: "{")
    switch scalar {
    case "'": return "a single quote: JSON takes double quotes"
    case "“", "”", "„", "‘", "’", "«", "»":
      return "\(String(scalar).excerpt) is no quotation mark of JSON: write `\"`"
    case "/", "#": return "a comment: JSON has none, remove it"
    case ",", "}", "]", ":":
      if previous == UInt8(ascii: ":") { return "the value after `:` is missing" }
      if scalar == ",", previous == UInt8(ascii: ",") || previous == container {
        return "a comma too many: remove it"
      }
      if scalar == "]", inObject { return "an object is not closed before this: its `}` is missing" }
      if scalar == "}", !inObject, container != nil {
        return "an array is not closed before this: its `]` is missing"
      }
      return "`\(scalar)` is not expected here"
    case "\"", "{", "[":
      return missingSeparator(after: previous, inObject: inObject)
        ?? "`\(scalar)` is not expected here: an object takes keys in double quotes"
    default:
      return "\(String(scalar).excerpt) (\(scalar.codePointName)) is not expected here"
    }
  }

  private static func missingSeparator(after previous: UInt8?, inObject: Bool) -> String? {
    switch previous {
    case nil, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"): nil
    case UInt8(ascii: "\"") where inObject: "a `:` or a comma is missing before this"
    default: "a comma is missing before this"
    }
  }
}

extension DocumentBounds {
  /// Bounds that are never hit, for a text that was read within others.
  static var unbounded: DocumentBounds {
    var bounds = DocumentBounds()
    bounds.nesting = .max
    bounds.values = .max
    return bounds
  }
}

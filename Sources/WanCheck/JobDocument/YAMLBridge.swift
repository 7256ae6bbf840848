/// YAML text made safe for libyaml, a YAML 1.1 parser, with every character in its place.
///
/// Scalars that libyaml would take in another sense are replaced, one for one, by private-use characters that
/// the text does not hold, and put back after parsing:
/// - `*`, so that aliases arrive as words and are expanded here, under a bound, instead of in Yams, where the
///   comparison of keys would walk through an exponential number of nodes;
/// - U+0085, U+2028 and U+2029, which are line breaks in YAML 1.1 and not in 1.2, and U+FEFF, which libyaml
///   refuses.
struct YAMLBridge {
  /// The rewritten text.
  let text: [UInt8]
  private let originals: [Unicode.Scalar: Unicode.Scalar]
  private let aliasMark: Unicode.Scalar?

  private static let replaced: [Unicode.Scalar] = ["*", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]

  /// Checks and rewrites `source`.
  init(_ source: DocumentText, bounds: DocumentBounds) throws(DocumentProblem) {
    let string = String(decoding: source.bytes, as: UTF8.self)
    var present: Set<Unicode.Scalar> = []
    var offset = 0
    var values = YAMLValueCount()
    let mostValues = min(bounds.values, bounds.yamlValues)
    for scalar in string.unicodeScalars {
      values.read(scalar)
      switch scalar {
      case "\n", "\t", "\r", " "..."~", "\u{A0}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}",
        "\u{10000}"..."\u{10FFFF}",
        "\u{85}":
        break
      default:
        throw DocumentProblem(
          "\(scalar.codePointName) is not allowed in YAML: remove it, or write an escape in double quotes",
          at: source.position(of: offset, carriageReturns: true))
      }
      if Self.replaced.contains(scalar) { present.insert(scalar) }
      if values.count > mostValues {
        throw DocumentProblem(
          .limit, "more than \(mostValues) values in one document: \(bounds.valuesAdvice)",
          at: source.position(of: offset, carriageReturns: true))
      }
      offset += scalar.utf8.count
    }
    try Self.refuseLeadingMark(in: source)
    guard !present.isEmpty else {
      (text, originals, aliasMark) = (source.bytes, [:], nil)
      return
    }
    var free = StandIns(for: source.bytes)
    var standIns: [Unicode.Scalar: Unicode.Scalar] = [:]
    for scalar in Self.replaced where present.contains(scalar) {
      guard let standIn = free.take() else {
        throw DocumentProblem(
          .limit, "the text uses every private-use character of Unicode, so that none is free for reading it",
          at: SourcePosition(line: source.firstLine, column: 1))
      }
      standIns[scalar] = standIn
    }
    text = Self.replacing(standIns, in: string)
    originals = Dictionary(standIns.map { ($1, $0) }) { first, _ in first }
    aliasMark = standIns["*"]
  }

  /// `text`, a scalar of the rewritten text, as the user wrote it.
  func restore(_ text: String) -> String {
    guard !originals.isEmpty, text.unicodeScalars.contains(where: { originals[$0] != nil }) else {
      return text
    }
    return String(decoding: Self.replacing(originals, in: text), as: UTF8.self)
  }

  /// What follows the `*` of an alias, if `text`, a plain scalar of the rewritten text, is one.
  func aliasName(_ text: String) -> Substring? {
    guard let aliasMark, text.unicodeScalars.first == aliasMark else { return nil }
    return Substring(text.unicodeScalars.dropFirst())
  }

  /// Yams drops a byte order mark at the beginning of a scalar, which only an escape can put there.
  private static func refuseLeadingMark(in source: DocumentText) throws(DocumentProblem) {
    for index in source.bytes.indices where source.bytes[index] == UInt8(ascii: "\"") {
      let escape = source.bytes[(index + 1)...].prefix(10).map { $0 | 0x20 }
      guard
        escape.starts(with: "\\ufeff".utf8.map { $0 | 0x20 })
          || escape == "\\u0000feff".utf8.map({ $0 | 0x20 })
      else { continue }
      throw DocumentProblem(
        .limit, "a byte order mark at the beginning of a text: remove the escape",
        at: source.position(of: index + 1, carriageReturns: true))
    }
  }

  private static func replacing(_ replacements: [Unicode.Scalar: Unicode.Scalar], in text: String) -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { bytes += (replacements[scalar] ?? scalar).utf8 }
    return bytes
  }
}

/// Counts what begins a value or a key in YAML text, as far as that shows without parsing; commas count from the first
/// bracket on, for only inside brackets do they separate values.
private struct YAMLValueCount {
  private(set) var count = 1
  private var previous: Unicode.Scalar = "\n"
  private var beforePrevious: Unicode.Scalar = "\n"
  private var hasBracket = false

  mutating func read(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "[", "{":
      hasBracket = true
      count += 1
    case ",":
      if hasBracket { count += 1 }
    case " ", "\n", "\r", "\t":
      // `key: `, `- `, `? `; a dash in a text counts too where a space is before it.
      if previous == ":" || ((previous == "-" || previous == "?") && Self.isSpace(beforePrevious)) {
        count += 1
      }
    case "-":
      // `---` and `- - `.
      if previous == "-", beforePrevious == "\n" { count += 1 }
    default: break
    }
    (beforePrevious, previous) = (previous, scalar)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
  }
}

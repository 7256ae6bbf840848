// What a person most likely did at the place where a text stops being JSON.

extension JSONReading {
  /// The problem of a text that ends too early.
  var unexpectedEnd: DocumentProblem {
    guard let position = builder.openPosition else {
      return DocumentProblem("the text ends before a value is complete", at: self.position)
    }
    return DocumentProblem(
      builder.isInObject == true
        ? "the object that begins here is not closed: its `}` is missing"
        : "the array that begins here is not closed: its `]` is missing", at: position)
  }

  /// The problem of a comma right before `bracket`, if there is one.
  func trailingComma(before bracket: UInt8) -> DocumentProblem? {
    guard let previous, previous.byte == UInt8(ascii: ",") else { return nil }
    return Self.trailingComma(before: bracket, at: previous.position)
  }

  private static func trailingComma(before bracket: UInt8, at position: SourcePosition) -> DocumentProblem {
    DocumentProblem(
      "a comma before `\(Character(Unicode.Scalar(bracket)))`: remove the comma", at: position)
  }

  /// The problem of a number or a name that the grammar does not allow here.
  func unexpected(_ word: String, at position: SourcePosition) -> DocumentProblem {
    let message: String
    switch expected {
    case .nothing: message = afterTheEnd(word.unicodeScalars.first ?? "?")
    case .key, .keyOrEnd: message = "the key \(excerpt(word)) must be in double quotes"
    default:
      message =
        JSONScalar.fault(of: word, excerpt) ?? missingSeparator ?? "\(excerpt(word)) is not expected here"
    }
    return DocumentProblem(message, at: position)
  }

  /// The problem of a character that the grammar does not allow here.
  func unexpected(_ byte: UInt8) -> DocumentProblem {
    let scalar = String(decoding: bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.first ?? "?"
    if scalar == ",", isCommaTooMany, let bracket = bytes[(index + 1)...].first(where: { !$0.isBlank }),
      bracket == UInt8(ascii: "}") || bracket == UInt8(ascii: "]")
    {
      return Self.trailingComma(before: bracket, at: position)
    }
    return DocumentProblem(expected == .nothing ? afterTheEnd(scalar) : about(scalar), at: position)
  }

  private func afterTheEnd(_ scalar: Unicode.Scalar) -> String {
    scalar == "{"
      ? "a second value after the first: put several jobs into an array, or one a line into a .jsonl file"
      : "\(excerpt(String(scalar))) after the end of the value: remove it"
  }

  private var isCommaTooMany: Bool {
    switch previous?.byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"): expected != .commaOrEnd
    default: false
    }
  }

  private func about(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "'": return "a single quote: JSON takes double quotes"
    case "“", "”", "„", "‘", "’", "«", "»":
      return "\(excerpt(String(scalar))) is not a JSON quotation mark: write `\"`"
    case "/", "#": return "a comment, which JSON does not allow: remove it"
    case ",", "}", "]", ":":
      if previous?.byte == UInt8(ascii: ":") { return "the value after `:` is missing" }
      if scalar == ",", isCommaTooMany { return "a comma too many: remove it" }
      if scalar == "]", builder.isInObject == true {
        return "an object is not closed before this: its `}` is missing"
      }
      if scalar == "}", builder.isInObject == false {
        return "an array is not closed before this: its `]` is missing"
      }
      return "`\(scalar)` is not expected here"
    case "\"", "{", "[":
      return missingSeparator ?? "`\(scalar)` is not expected here: an object takes keys in double quotes"
    default:
      return "\(excerpt(String(scalar))) (\(scalar.codePointName)) is not expected here"
    }
  }

  private var missingSeparator: String? {
    switch expected {
    case .colon: "a `:` or a comma is missing before this"
    case .commaOrEnd: "a comma is missing before this"
    default: nil
    }
  }
}

/// The words of JSON that are not in quotation marks.
enum JSONScalar {
  /// `null`, `true`, `false`, or a number by RFC 8259; `nil` for any other word.
  static func resolve(_ word: String) -> DocumentValue.Content? {
    switch word {
    case "null": .null
    case "true": .bool(true)
    case "false": .bool(false)
    default: NumberLiteral(json: word).map { .number($0) }
    }
  }

  /// The problem of `word`, which is not a value of JSON.
  static func problem(of word: String, at position: SourcePosition, _ excerpt: Excerpts) -> DocumentProblem {
    DocumentProblem(fault(of: word, excerpt) ?? "\(excerpt(word)) is not a JSON value", at: position)
  }

  /// Why `word` is not a value of JSON, and what to write; `nil` if it is one.
  static func fault(of word: String, _ excerpt: Excerpts) -> String? {
    guard resolve(word) == nil else { return nil }
    switch word.lowercased() {
    case "null", "true", "false":
      return "\(excerpt(word)) is not a JSON value: write `\(word.lowercased())`"
    case "none", "nil", "undefined": return "\(excerpt(word)) is not a JSON value: write `null`"
    case "yes", "on": return "\(excerpt(word)) is not a JSON value: write `true`, or put it in double quotes"
    case "no", "off": return "\(excerpt(word)) is not a JSON value: write `false`, or put it in double quotes"
    case "nan", "infinity", "-infinity", "inf", "-inf": return "\(excerpt(word)) is not a JSON number"
    default: break
    }
    if let number = NumberLiteral(yaml: word), let text = number.jsonText {
      return "\(excerpt(word)) is not a JSON number: write \(excerpt(text))"
    }
    if let first = word.utf8.first,
      first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
    {
      return "\(excerpt(word)) is not a JSON number"
    }
    return "\(excerpt(word)) is not a JSON value: put a string in double quotes"
  }
}

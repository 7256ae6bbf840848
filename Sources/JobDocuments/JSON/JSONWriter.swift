/// Writes values as JSON text (RFC 8259).
package struct JSONWriter: Sendable {
  /// Whether each value is on a line of its own.
  private var isPretty = false
  /// Whether members are sorted by the UTF-16 units of their keys, as RFC 8785 does.
  private var sortsKeys = false
  /// Whether numbers are written as ECMAScript writes them.
  private var normalizesNumbers = false
  /// Whether characters that could steer a terminal are written as escapes.
  private var escapesControls = false

  /// One line, members in their order, numbers as they were written.
  package static let compact = JSONWriter()

  /// The one form that RFC 8785 (JCS) gives a value.
  ///
  /// One deviation: integers of 64 bits are exact, not the nearest double, so that two of them stay two.
  package static let canonical = JSONWriter(sortsKeys: true, normalizesNumbers: true)

  /// The text of a report on one line, harmless to a terminal, with sorted keys, so that two reports diff.
  package static let report = JSONWriter(sortsKeys: true, escapesControls: true)

  /// The same with each value on a line of its own.
  package static let prettyReport = JSONWriter(isPretty: true, sortsKeys: true, escapesControls: true)

  /// The text of `value`.
  /// - Throws: a problem for a number that JSON cannot express (`.inf`, `.nan`, a hexadecimal or octal number above 64
  ///   bits).
  package func text(_ value: DocumentValue) throws(DocumentProblem) -> String {
    var output: [UInt8] = []
    try write(value, indent: 0, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func write(
    _ value: DocumentValue, indent: Int, to output: inout [UInt8]
  ) throws(DocumentProblem) {
    switch value.content {
    case .null: output += "null".utf8
    case .bool(let bool): output += (bool ? "true" : "false").utf8
    case .string(let string): write(string, to: &output)
    case .number(let number):
      guard let text = normalizesNumbers ? number.canonicalText : number.jsonText else {
        throw DocumentProblem(
          "\(Excerpts()(number.text)) cannot be written as a JSON number", at: value.position)
      }
      output += text.utf8
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        separate(index, indent + 1, to: &output)
        try write(element, indent: indent + 1, to: &output)
      }
      end(isEmpty: elements.isEmpty, indent, to: &output)
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in (sortsKeys ? Self.sorted(members) : members).enumerated() {
        separate(index, indent + 1, to: &output)
        write(member.key, to: &output)
        output += (isPretty ? " : " : ":").utf8
        try write(member.value, indent: indent + 1, to: &output)
      }
      end(isEmpty: members.isEmpty, indent, to: &output)
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func sorted(_ members: [DocumentValue.Member]) -> [DocumentValue.Member] {
    members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
  }

  private func separate(_ index: Int, _ indent: Int, to output: inout [UInt8]) {
    if index > 0 { output.append(UInt8(ascii: ",")) }
    if isPretty { breakLine(indent, to: &output) }
  }

  private func end(isEmpty: Bool, _ indent: Int, to output: inout [UInt8]) {
    guard isPretty else { return }
    if isEmpty { output.append(.lineFeed) }
    breakLine(indent, to: &output)
  }

  private func breakLine(_ indent: Int, to output: inout [UInt8]) {
    output.append(.lineFeed)
    output += repeatElement(0x20, count: 2 * indent)
  }

  /// Only what must be escaped is, in the form of RFC 8785, 3.2.2.2.
  private func write(_ string: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: output += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
      case 0x08: output += "\\b".utf8
      case 0x0C: output += "\\f".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0D: output += "\\r".utf8
      case 0x09: output += "\\t".utf8
      case 0..<0x20: Self.writeEscape(scalar.value, to: &output)
      case 0x20..<0x7F: output.append(UInt8(truncatingIfNeeded: scalar.value))
      case 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
        if escapesControls { Self.writeEscape(scalar.value, to: &output) } else { output += scalar.utf8 }
      default: output += scalar.utf8
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func writeEscape(_ codePoint: UInt32, to output: inout [UInt8]) {
    let digits = String(codePoint, radix: 16)
    output += "\\u".utf8
    output += repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count))
    output += digits.utf8
  }
}

extension DocumentValue {
  /// The value as JSON text (RFC 8259) on one line: members in order, numbers as they were written. Numbers in forms that
  /// only YAML has become the same numbers in JSON's form.
  /// - Throws: `DocumentProblem` for a number that JSON cannot express (`.inf`, `.nan`, a hexadecimal or octal number above
  ///   64 bits).
  public func jsonText() throws(DocumentProblem) -> String { try JSONWriter.compact.text(self) }
}

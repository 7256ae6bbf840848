extension DocumentValue {
  /// The value as JSON text (RFC 8259) on one line: members in order, numbers as they were written.
  ///
  /// Numbers in forms that only YAML has become the same numbers in JSON's form.
  /// - Throws: `DocumentProblem` for a number that JSON cannot express (`.inf`, `.nan`, a hexadecimal or
  ///   octal number above 64 bits).
  public func jsonText() throws(DocumentProblem) -> String {
    var text = ""
    try append(to: &text)
    return text
  }

  private func append(to text: inout String) throws(DocumentProblem) {
    switch content {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .number(let number):
      guard let json = number.jsonText else {
        throw DocumentProblem("\(number.text.excerpt) cannot be written as a JSON number", at: position)
      }
      text += json
    case .string(let string): Self.appendQuoted(string, to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        try element.append(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.appendQuoted(member.key, to: &text)
        text += ":"
        try member.value.append(to: &text)
      }
      text += "}"
    }
  }

  private static func appendQuoted(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20: text += "\\u" + scalar.value.hexadecimal(digits: 4)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

import JobDocuments

extension ParsedElement {
  /// The value with the place of every part, then the problems: `{a@1:2=#5@1:6}@1:1 ! 1:9 message`.
  var outline: String {
    switch self {
    case .value(let value, let problems):
      ([value.outline] + problems.map(\.outline)).joined(separator: " ")
    case .failed(let problem): problem.outline
    }
  }
}

extension DocumentProblem {
  /// The mark of the kind (`!`, or `!!` for a limit), the place and the message.
  var outline: String { "\(kind == .limit ? "!!" : "!") \(position.line):\(position.column) \(message)" }
}

extension DocumentValue {
  /// The value with the places of its parts.
  var outline: String {
    let place = "@\(position.line):\(position.column)"
    return switch content {
    case .null: "null" + place
    case .bool(let bool): "\(bool)" + place
    case .number(let number): "#\(number.text)" + place
    case .string(let string): Self.shown(string) + place
    case .array(let elements): "[" + elements.map(\.outline).joined(separator: ", ") + "]" + place
    case .object(let members):
      "{"
        + members.map { member in
          let place = "\(member.keyPosition.line):\(member.keyPosition.column)"
          return "\(Self.shown(member.key))@\(place)=\(member.value.outline)"
        }.joined(separator: ", ") + "}" + place
    }
  }

  /// Printable ASCII as it is, other scalars by number, long texts by their length.
  private static func shown(_ text: String) -> String {
    guard text.unicodeScalars.count <= 40 else { return "<\(text.unicodeScalars.count) scalars>" }
    return text.unicodeScalars.map { scalar in
      (" "..."~").contains(scalar) ? String(scalar) : "<\(String(scalar.value, radix: 16))>"
    }.joined()
  }

  /// What `text` has at the bytes of this value and of all inside it, keys included, in order.
  func sources(in text: String) -> [String] {
    func source(_ range: Range<Int>) -> String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }
    let inside: [String] =
      switch content {
      case .array(let elements): elements.flatMap { $0.sources(in: text) }
      case .object(let members):
        members.flatMap { [source($0.keyBytes)] + $0.value.sources(in: text) }
      default: []
      }
    return [source(bytes)] + inside
  }
}

import JobDocuments
import Testing
import WanCheck

/// One text and what reading it must give, line by line.
struct DocumentCase: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var format: JobDocumentFormat?
  /// One line per record: its value, then its problems.
  var expected: [String]

  init(_ name: String, _ text: String, _ format: JobDocumentFormat? = .json, _ expected: String...) {
    self.name = name
    self.text = text
    self.format = format
    self.expected = expected
  }

  var testDescription: String { name }

  /// What reading the text gives.
  func outline(bounds: DocumentBounds = DocumentBounds()) -> [String] {
    JobRecord.all(in: text, format, bounds: bounds).map(\.outline)
  }
}

extension JobRecord {
  /// Every record of `text`.
  static func all(
    in text: String, _ format: JobDocumentFormat?, bounds: DocumentBounds = DocumentBounds()
  ) -> [JobRecord] {
    all(in: Array(text.utf8), format, bounds: bounds)
  }

  /// Every record of `bytes`.
  static func all(
    in bytes: [UInt8], _ format: JobDocumentFormat?, bounds: DocumentBounds = DocumentBounds()
  ) -> [JobRecord] {
    var reader = JobDocumentReader(bytes, format: format, bounds: bounds)
    var records: [JobRecord] = []
    while let record = reader.next() { records.append(record) }
    return records
  }

  /// The body with the place of every value, and the problems: `{1:1 a@1:2=#5@1:6} ! 1:9 message`.
  var outline: String {
    let value = body.map { [$0.outline] } ?? []
    return (value + problems.map(\.outline)).joined(separator: " ")
  }
}

extension DocumentProblem {
  /// The mark of the kind (`!`, or `!!` for a limit), the place and the message.
  var outline: String {
    "\(kind == .limit ? "!!" : "!") \(position.line):\(position.column) \(message)"
  }
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
      "{" + members.map(Self.outline).joined(separator: ", ") + "}" + place
    }
  }

  private static func outline(_ member: Member) -> String {
    "\(shown(member.key))@\(member.keyPosition.line):\(member.keyPosition.column)=\(member.value.outline)"
  }

  /// Printable ASCII as it is, other scalars by number, long texts by their length.
  private static func shown(_ text: String) -> String {
    guard text.unicodeScalars.count <= 40 else { return "<\(text.unicodeScalars.count) scalars>" }
    return text.unicodeScalars.map { scalar in
      (" "..."~").contains(scalar) ? String(scalar) : "<\(String(scalar.value, radix: 16))>"
    }.joined()
  }
}

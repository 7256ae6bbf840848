// Values that are made, not parsed.

extension DocumentValue {
  /// `null`.
  package static let null = DocumentValue(.null)

  /// A boolean.
  package static func bool(_ value: Bool?) -> DocumentValue {
    value.map { DocumentValue(.bool($0)) } ?? .null
  }

  /// A text.
  package static func string(_ text: String?) -> DocumentValue {
    text.map { DocumentValue(.string($0)) } ?? .null
  }

  /// A whole number; `null` if it is beyond 64 bits.
  package static func integer(_ number: (some BinaryInteger)?) -> DocumentValue {
    number.flatMap { Int64(exactly: $0) }.map { DocumentValue(.number(NumberLiteral($0))) } ?? .null
  }

  /// A number; one that JSON lacks becomes a text: `Infinity`, `-Infinity` or `NaN`.
  package static func number(_ number: Double?) -> DocumentValue {
    guard let number else { return .null }
    guard number.isFinite else {
      return .string(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
    }
    let text = number.description
    let literal = NumberLiteral(json: text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    return literal.map { DocumentValue(.number($0)) } ?? .null
  }

  /// A list.
  package static func array(_ elements: [DocumentValue]) -> DocumentValue { DocumentValue(.array(elements)) }

  /// A list of texts.
  package static func strings(_ texts: some Sequence<String>) -> DocumentValue { .array(texts.map(string)) }

  /// An object, its members sorted by their keys.
  package static func object(_ members: [String: DocumentValue]) -> DocumentValue {
    DocumentValue(
      .object(members.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value) }))
  }

  /// This object with a member at its end, unless `value` is `nil`.
  package func adding(_ key: String, _ value: DocumentValue?) -> DocumentValue {
    guard let value, case .object(let members) = content else { return self }
    return DocumentValue(.object(members + [Member(key: key, value: value)]), at: position, bytes: bytes)
  }
}

extension DocumentValue: ExpressibleByDictionaryLiteral {
  /// An object, its members in the order of the literal.
  public init(dictionaryLiteral members: (String, DocumentValue)...) {
    self.init(.object(members.map { Member(key: $0.0, value: $0.1) }))
  }
}

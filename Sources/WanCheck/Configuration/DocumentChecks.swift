import JobDocuments
import MediaFacts

/// Reads a document of settings, and collects all its problems.
protocol DocumentChecks {
  /// The file's name for people.
  var name: String { get }
  /// The problems, in the order of reading.
  var problems: [ConfigurationProblem] { get set }
}

extension DocumentChecks {
  mutating func complain(_ message: String, _ position: SourcePosition) {
    problems.append(ConfigurationProblem(message, at: origin(position)))
  }

  /// Reports an unknown key, with a suggestion.
  mutating func refuseUnknown(_ member: DocumentValue.Member, _ known: [String], _ subject: String) {
    let hint =
      Suggestion.nearest(to: member.key, in: known).map { "did you mean \($0)?" }
      ?? "it has \(Prose.list(known, conjunction: "and"))"
    complain("\(member.key.excerpt) is not a key of \(subject); \(hint)", member.keyPosition)
  }

  /// The members of a mapping. If the value is not a mapping, a problem is added and the result is empty.
  mutating func members(of value: DocumentValue, _ subject: String) -> [DocumentValue.Member] {
    guard let members = value.members else {
      complain("\(subject) must be a mapping of keys to values; found \(value.typeName)", value.position)
      return []
    }
    return members
  }

  mutating func text(_ value: DocumentValue, _ subject: String) -> String? {
    guard let text = value.string, text.contains(where: { !$0.isWhitespace }) else {
      complain("\(subject) must be a non-empty string; found \(Self.shown(value))", value.position)
      return nil
    }
    return text
  }

  mutating func word<Word: CaseIterable & RawRepresentable<String>>(
    _ value: DocumentValue, _ subject: String
  ) -> Word? {
    if let word = value.string.flatMap(Word.init(rawValue:)) { return word }
    let words = Word.allCases.map(\.rawValue)
    let hint =
      value.string.flatMap { Suggestion.nearest(to: $0, in: words) }.map { "; did you mean \($0)?" } ?? ""
    complain(
      "\(subject) must be \(Prose.list(words, conjunction: "or")); found \(Self.shown(value))\(hint)",
      value.position
    )
    return nil
  }

  /// A bound of a limit: a number that is not below 0, or a ratio if the limit is about one.
  mutating func bound(_ value: DocumentValue, of limit: Limit) -> Rational? {
    let isRatio = limit.unit == Limit.ratioUnit
    let number =
      value.number?.fraction.map { Rational($0.numerator, over: $0.denominator) }
      ?? (isRatio ? value.string.flatMap(Self.ratio) : nil)
    guard let number, number >= Rational(0) else {
      let example = isRatio ? "a number or a ratio such as 1:4" : "a number that is not below 0"
      complain("a bound of \(limit.id) must be \(example); found \(Self.shown(value))", value.position)
      return nil
    }
    return number
  }

  func origin(_ value: DocumentValue) -> ConfigurationOrigin { origin(value.position) }

  func origin(_ position: SourcePosition) -> ConfigurationOrigin { .file(name, position) }

  static func shown(_ value: DocumentValue) -> String {
    switch value.content {
    case .string(let text): text.excerpt
    case .number(let number): number.text.excerpt
    case .bool(let bool): "\(bool)"
    default: value.typeName
    }
  }

  private static func ratio(_ text: String) -> Rational? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], width > 0, height > 0 else {
      return nil
    }
    return Rational(width, over: height)
  }
}

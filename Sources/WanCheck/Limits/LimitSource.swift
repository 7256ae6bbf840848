/// Where a limit or a rule comes from.
public struct LimitSource: Sendable, Hashable {
  /// The sentence that says it: word for word, or in our words where `isQuoted` is false.
  public var sentence: String
  /// The document that holds the sentence.
  public var document: String
  /// The day on which the document was read, `YYYY-MM-DD`.
  public var captured: String
  /// Whether the document is the endpoint's own page: the only source of errors about limits.
  package var isDocumented = false
  /// Whether the sentence is the document's own.
  package var isQuoted = true

  /// What is known of decoders and servers in general: a warning or a note, or what "a readable file" means.
  static func practice(_ sentence: String) -> LimitSource {
    LimitSource(sentence: sentence, document: "wan-check", captured: Profile.freepik.captured)
  }

  /// The severity of a finding about what the source states.
  var severity: Severity { isDocumented ? .error : .warning }
}

extension LimitSource {
  /// The sentence for people, in quotation marks if it is the document's own.
  package var quotation: String { isQuoted ? "\"\(sentence)\"" : sentence }
}

/// The source of a limit or a rule.
public struct LimitSource: Sendable, Hashable {
  /// The sentence that states it: a quotation, or our own words if `isQuoted` is false.
  public var sentence: String
  /// The document that contains the sentence.
  public var document: String
  /// The day on which the document was read, `YYYY-MM-DD`.
  public var captured: String
  /// Whether the document is the endpoint's own page: the only source of errors about limits.
  package var isDocumented = false
  /// Whether the sentence is the document's own.
  package var isQuoted = true

  /// General knowledge about decoders and servers. It justifies warnings and notes, and explains "a readable file".
  static func practice(_ sentence: String) -> LimitSource {
    LimitSource(sentence: sentence, document: "wan-check", captured: Profile.freepik.captured)
  }

  /// The severity of a finding that is based on the source.
  var severity: Severity { isDocumented ? .error : .warning }
}

extension LimitSource {
  /// The sentence for people, in quotation marks if it is the document's own.
  package var quotation: String { isQuoted ? "\"\(sentence)\"" : sentence }
}

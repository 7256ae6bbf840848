extension YAMLFailure {
  /// The problem in words for people, and where a usual cause is known, how to repair it.
  func problem(in text: YAMLText) -> DocumentProblem {
    guard !isInput else { return DocumentProblem("the text cannot be read: \(problem)", at: .start) }
    if problem.contains("Maximum nesting level") {
      return DocumentProblem(.limit, "too many values inside one another", at: place(in: text))
    }
    if context.contains("scanning an alias"), let start = marks.last {
      return DocumentProblem(Self.asterisk, at: start.position)
    }
    return DocumentProblem(message, at: place(in: text))
  }

  /// What a text that begins with an unquoted asterisk is told.
  static let asterisk = "`*` at the beginning of a value makes it an alias: put the text into quotes"

  /// An error at the very end, which libyaml puts on a line of its own, is about what was opened and not closed.
  private func place(in text: YAMLText) -> SourcePosition {
    marks.first { $0.index < text.characters }?.position ?? text.end
  }

  private var message: String {
    let fact = context.isEmpty ? problem : "\(context), \(problem)"
    if let column = marks.first?.position.column, column > 1024,
      problem.contains("mapping values are not allowed")
    {
      return "a colon is not allowed here: a YAML key has at most 1024 characters"
    }
    for (sign, advice) in Self.advices where fact.contains(sign) { return "\(advice) (\(fact))" }
    return fact
  }

  private static let advices = [
    (
      "mapping values are not allowed",
      "a colon is not allowed here: put a string that contains `: ` in quotes"
    ),
    (
      "found character that cannot start any token",
      "a tab, or a sign that has a meaning in YAML: indent with spaces, and put the text into quotes"
    ),
    ("found a tab character", "a tab in the indentation: use spaces"),
    ("found unexpected end of stream", "a quoted text is not closed: its quotation mark is missing"),
    (
      "could not find expected ':'",
      "a key without its colon: write `key: value`; a key has at most 1024 characters, on one line"
    ),
    ("found unknown escape character", "an escape that YAML does not have: write `\\\\` for a backslash"),
    (
      "Unicode character escape code",
      "an escape that names no character: write one beyond U+FFFF as `\\UXXXXXXXX`, with eight digits"
    ),
    ("did not find expected ',' or", "a list or mapping in brackets is not closed, or a comma is missing"),
    ("did not find expected node content", "a value is missing"),
    (
      "block sequence entries are not allowed",
      "a list cannot begin on this line: write `- ` on a line of its own"
    ),
    ("did not find expected key", "a line that is not `key: value` at the indentation of those around it"),
  ]
}

import Yams

/// Why Yams could not compose a document, in words for people.
struct YamlFailure: Error {
  /// What is wrong, and where a usual cause is known, how to mend it.
  let message: String
  /// Where, in the text that was parsed.
  let position: SourcePosition
  /// Where what is wrong began, if that is known.
  var start: SourcePosition?
  /// `limit` if libyaml's own bound on nesting was hit.
  var kind = DocumentProblem.Kind.syntax
  /// The key, if the failure is that a mapping holds it twice; `position` is then that of the first.
  var repeatedKey: String?

  /// What `error`, thrown by Yams, means.
  init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      position = SourcePosition(line: mark.line, column: mark.column)
      start = context.map { SourcePosition(line: $0.mark.line, column: $0.mark.column) }
      if problem.contains("Maximum nesting level") {
        kind = .limit
        message = "too many values inside one another"
      } else {
        message = Self.message(problem, context: context?.text ?? "", column: mark.column)
      }
    case .duplicatedKeysInMapping(let duplicates, let context):
      message = "a key occurs more than once"
      position = SourcePosition(line: context.mark.line, column: context.mark.column)
      repeatedKey = duplicates.first
    case .reader(let problem, _, _, _):
      message = "the text cannot be read: \(problem)"
      position = .start
    default:
      message = "the text cannot be read: out of memory"
      position = .start
    }
  }

  private static func message(_ problem: String, context: String, column: Int) -> String {
    let fact = context.isEmpty ? problem : "\(context), \(problem)"
    if column > 1024, problem.contains("mapping values are not allowed") {
      return "a colon where none can stand: a key of YAML has at most 1024 characters"
    }
    for (sign, advice) in advices where fact.contains(sign) { return "\(advice) (\(fact))" }
    return fact
  }

  private static let advices = [
    (
      "mapping values are not allowed", "a colon where none can stand: put a text that holds `: ` into quotes"
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

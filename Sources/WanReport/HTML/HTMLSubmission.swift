import WanCheck
import WanSubmit

/// What became of a job that was to be sent, and of its task.
struct HTMLSubmission {
  var report: SubmissionReport
  var showURLs: Bool

  var markup: Markup {
    """
    <section class="s \(style)" aria-label="Submission"><h3>Submission: \(submission.state.words)</h3>\
    <dl>\(pairs.map { name, value -> Markup in "<dt>\(name)</dt><dd>\(value)</dd>" })</dl>\(parameters)\(task)\(request)</section>
    """
  }

  private var submission: Submission { report.submission }

  private var style: String {
    switch submission.state {
    case .submitted, .alreadySubmitted: report.isFine ? "valid" : "inconclusive"
    case .refused: "invalid"
    default: "inconclusive"
    }
  }

  private var pairs: [(String, String)] {
    [
      ("task", submission.taskID), ("why", submission.message),
      ("provider", submission.error.map { "status \($0.status): \($0.message)" }),
      ("request id", submission.error?.requestID), ("fingerprint", submission.fingerprint),
      ("ledger row", submission.ledgerRow.map { "\($0)" }),
      ("not recorded", submission.ledgerFailure),
    ].compactMap { name, value in value.map { (name, $0) } }
  }

  private var parameters: Markup? {
    guard let parameters = submission.error?.invalidParameters, !parameters.isEmpty else { return nil }
    let items = parameters.map { parameter -> Markup in
      let place = parameter.place?.line.map { " (\($0):\(parameter.place?.column ?? 1))" } ?? ""
      return "<li><code>\(parameter.name)</code>: \(parameter.reason)\(place)</li>"
    }
    return "<ul class=\"plain\">\(items)</ul>"
  }

  /// The task as the text report has it, a line each.
  private var task: Markup? {
    guard let task = report.task else { return nil }
    let lines = TaskLines(color: false, showURLs: showURLs).text(task).split(separator: "\n")
    return "<pre>\(Self.joined(lines))</pre>"
  }

  private var request: Markup? {
    guard let request = report.request else { return nil }
    let lines = ["\(request.method) \(request.url)"] + request.headers.map { "\($0.name): \($0.value)" }
    return """
      <details><summary>The request that would be sent</summary><pre>\(Self.joined(lines))

      \(request.body)</pre></details>
      """
  }

  /// Lines with breaks between them, which no text could bring in itself.
  private static func joined(_ lines: [some StringProtocol]) -> [Markup] {
    lines.map { line in "\(String(line))\n" }
  }
}

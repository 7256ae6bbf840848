import Locations
import WanCheck
import WanReport
import WanSubmit

/// The text report of a submission: one line with the state, and one for each field that the
/// provider does not accept.
struct SubmissionLines {
  var layout: TextLayout

  private var palette: Palette { layout.palette }

  /// The lines about `report`.
  func text(_ report: SubmissionReport) -> String {
    let submission = report.submission
    let word = report.state.words
    var text = "  \(palette.paint(word.padded(to: Self.wordWidth), style(of: report.state.standing)))"
    switch submission.state {
    case .submitted, .alreadySubmitted:
      text += "  task \(displayText(submission.taskID ?? ""))"
    default:
      text += submission.message.map { "  \(folded($0, indent: Self.indent))" } ?? ""
    }
    text += "\n"
    for parameter in submission.error?.invalidParameters ?? [] { text += line(parameter) }
    if submission.state == .unknown, let row = submission.ledgerRow {
      let indent = String(repeating: " ", count: Self.indent)
      text +=
        "\(indent)\(palette.paint("look:", .fix)) wan-check ledger show \(row)\(displayText(report.ledgerOption))\n"
    }
    if let failure = submission.ledgerFailure, submission.wasSent {
      let words = "not recorded"
      text += "  \(palette.paint(words, .bad))  "
      text += folded("\(failure): note the task's id", indent: words.count + 4) + "\n"
    }
    if let task = report.task {
      text += TaskLines(palette: palette, showURLs: layout.showURLs).text(task).indented(by: 2)
    }
    if let request = report.request { text += self.text(request) }
    return text
  }

  private func line(_ parameter: InvalidParameter) -> String {
    let place = parameter.place?.line.map { "\($0):\(parameter.place?.column ?? 1)  " } ?? ""
    let reason = folded("\(parameter.name): \(parameter.reason)", indent: 4 + place.count)
    return "    \(palette.paint(place, .faint))\(reason)\n"
  }

  private func folded(_ text: String, indent: Int) -> String {
    WrappedText.folded(displayText(text), indent: indent, width: layout.width)
  }

  private func text(_ request: RequestPreview) -> String {
    var text = "\(request.method) \(displayText(request.url))\n"
    for field in request.headers { text += "\(field.name): \(displayText(field.value))\n" }
    text += "\n\(displayText(request.body))\n"
    return text.indented(by: 4)
  }

  private func style(of standing: AdditionState.Standing) -> Palette.Style {
    switch standing {
    case .done: .good
    case .refused: .bad
    case .unknown, .notDone: .doubtful
    }
  }

  private static let wordWidth = 17
  /// The column at which the text after the state begins.
  private static let indent = 2 + wordWidth + 2
}

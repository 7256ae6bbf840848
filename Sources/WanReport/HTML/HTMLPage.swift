import Crypto
import Foundation
import MediaFacts
import WanCheck

/// The page around the results: the content security policy, the verdict and the filters.
struct HTMLPage {
  var context: ReportContext
  var summary: Summary
  var rules: HTMLRuleCounts
  var results: Markup

  var markup: Markup {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>\(headline) - wan-check</title>
    <style>\(HTMLStyle.sheet)</style>
    </head>
    <body>
    <a class="skip" href="#results">Skip to the results</a>
    \(HTMLIcons.markup)
    <header class="bar"><span class="brand">wan-check</span> <span class="faint">\(context.version)</span>
    <button type="button" class="js" id="theme" aria-pressed="false" hidden>Dark</button></header>
    <main>
    \(overview)
    \(HTMLFilters(summary: summary, rules: rules).markup)
    <section id="results" aria-label="Results" tabindex="-1">
    \(results)</section>
    <p id="none" class="faint" hidden>No result matches these filters.</p>
    </main>
    <footer class="faint">Limits: \(context.limits.profile.id), as of \(context.limits.profile.captured)\(
      overrides). An inconclusive result is not a pass: something could not be checked.</footer>
    <script>\(HTMLScript.source)</script>
    </body>
    </html>

    """
  }

  private var overrides: String {
    let limits = context.overriddenLimits.map(\.id)
    return limits.isEmpty
      ? "" : ", but for \(limits.joined(separator: ", ")), which the configuration overrides"
  }

  /// The content security policy: this style, this script and images in the page, and nothing else.
  private var policy: String {
    """
    default-src 'none'; style-src '\(Self.hash(HTMLStyle.sheet))'; script-src '\(Self.hash(HTMLScript.source))'; \
    img-src data:; base-uri 'none'; form-action 'none'
    """
  }

  private static func hash(_ source: Markup) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(source.text.utf8))).base64EncodedString()
  }

  private var verdict: Verdict {
    summary.invalid > 0 ? .invalid : summary.inconclusive > 0 ? .inconclusive : .valid
  }

  private var headline: String {
    let inputs = summary.inputs
    func part(_ count: Int, _ word: String) -> String {
      if count == inputs { return inputs == 1 ? "The input is \(word)" : "All \(inputs) inputs are \(word)" }
      return "\(count) of \(inputs) inputs \(count == 1 ? "is" : "are") \(word)"
    }
    guard inputs > 0 else { return "Nothing was checked" }
    switch verdict {
    case .invalid: return part(summary.invalid, "invalid")
    case .inconclusive: return part(summary.inconclusive, "inconclusive")
    case .valid: return part(summary.valid, "valid")
    }
  }

  private var overview: Markup {
    """
    <section class="overview \(verdict.rawValue)" aria-labelledby="verdict">
    <h1 id="verdict">\(HTMLIcons.verdict(verdict))\(headline)</h1>
    \(proportions)\(interruption)
    <ul class="counts">\(count(summary.valid, "valid", "valid"))\(count(summary.invalid, "invalid", "invalid"))\(
      count(summary.inconclusive, "inconclusive", "inconclusive"))\(
      count(summary.errors, summary.errors == 1 ? "error" : "errors", "error"))\(
      count(summary.warnings, summary.warnings == 1 ? "warning" : "warnings", "warning"))\(
      count(summary.notes, summary.notes == 1 ? "note" : "notes", "note"))</ul>
    <p class="faint">Read at depth <b>\(context.depth.rawValue)</b>: \(depth).</p>
    \(summary.submissions.map(submissions))
    </section>
    """
  }

  private var interruption: Markup? {
    summary.isInterrupted ? "\n<p><b>\(Summary.interruption)</b></p>" : nil
  }

  private func count(_ number: Int, _ word: String, _ style: String) -> Markup {
    "<li class=\"\(number == 0 ? "zero" : style)\"><b>\(number)</b> \(word)</li>"
  }

  /// The shares of the verdicts as a bar; the numbers beside it say the same.
  private var proportions: Markup {
    guard summary.inputs > 0 else { return "" }
    let shares = [
      ("invalid", summary.invalid), ("inconclusive", summary.inconclusive), ("valid", summary.valid),
    ]
    var bar = Markup("")
    var start = 0.0
    for (style, number) in shares where number > 0 {
      let width = Double(number) / Double(summary.inputs) * 100
      bar +=
        "<rect class=\"\(style)\" x=\"\(HTMLGauge.percent(start))\" width=\"\(HTMLGauge.percent(width))\"/>"
      start += width
    }
    return "<svg class=\"shares\" aria-hidden=\"true\">\(bar)</svg>"
  }

  private var depth: String {
    switch context.depth {
    case .header: "headers alone; a size is what a server states, and nothing was decoded"
    case .full: "every byte read, images decoded, and the first frame of each stream"
    case .decode: "every byte read and every frame decoded"
    }
  }

  private func submissions(_ counts: AdditionCounts) -> Markup {
    "<p>Jobs: <b>\(counts.words.isEmpty ? "nothing sent" : counts.words)</b></p>"
  }
}

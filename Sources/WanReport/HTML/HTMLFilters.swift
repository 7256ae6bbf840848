import WanCheck

/// The controls above the results. They need the script, so they are hidden until it runs.
struct HTMLFilters {
  var summary: Summary
  var rules: HTMLRuleCounts

  var markup: Markup {
    """
    <section class="filters js" aria-label="Filters" id="filters" hidden>
    <div class="row">
    <label class="find"><span class="sr">Search the results</span>\(
      Self.search)</label>
    <div role="group" aria-label="Verdict" class="group">\(verdicts)</div>
    <button type="button" id="clear" disabled>Clear</button>
    <p id="shown" role="status" aria-live="polite"></p>
    </div>
    \(ruleGroup)
    <details class="keys"><summary>Keyboard</summary>
    <p><label><input type="checkbox" id="keys" checked> Use these keys</label></p>
    <dl><dt><kbd>/</kbd></dt><dd>search</dd><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous result</dd>\
    <dt><kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd></dt><dd>invalid, inconclusive, valid</dd>\
    <dt><kbd>c</kbd></dt><dd>copy the fix of the current result</dd>\
    <dt><kbd>d</kbd></dt><dd>light or dark</dd><dt><kbd>Esc</kbd></dt><dd>clear all filters</dd></dl></details>
    </section>
    """
  }

  private static let search: Markup = """
    <input type="search" id="search" placeholder="Search names, rules, messages" autocomplete="off" spellcheck="false">
    """

  private var verdicts: [Markup] {
    [(Verdict.invalid, summary.invalid), (.inconclusive, summary.inconclusive), (.valid, summary.valid)]
      .map { verdict, count in
        """
        <button type="button" class="chip \(verdict.rawValue)" data-verdict="\(verdict.rawValue)" \
        aria-pressed="false">\(HTMLIcons.verdict(verdict))\(verdict.rawValue) <b>\(count)</b></button>
        """
      }
  }

  private var ruleGroup: Markup? {
    let rules = rules.ordered
    guard !rules.isEmpty else { return nil }
    let chips = rules.map { rule, count -> Markup in
      """
      <button type="button" class="chip" data-rule="\(rule)" aria-pressed="false">\(rule) <b>\(count)</b></button>
      """
    }
    return "<div role=\"group\" aria-label=\"Rule\" class=\"group rules\">\(chips)</div>"
  }
}

import MediaFacts
public import WanCheck

/// The report as one page for a browser. It needs no network and no other file, and all its text is
/// readable without a script.
///
/// The verdict comes first on the page and is known last, so the page is kept in memory until the end.
public struct HTMLReporter: Reporter {
  private let context: ReportContext
  private var results = Markup("")
  private var count = 0
  private var rules = HTMLRuleCounts()
  private var pictureBytes = 0

  /// After this many bytes of previews, drawings replace further previews, so that the page of
  /// a large run stays small.
  private static let mostPictureBytes = 6_000_000

  /// A page about a run.
  public init(_ context: ReportContext) { self.context = context }

  /// No text; the page is written at the end.
  public mutating func begin() -> String { "" }

  /// No text; the result is kept for the page.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    count += 1
    rules.count(result.findings)
    results +=
      HTMLResult(
        result: result, addition: addition, number: count, context: context,
        showsPictures: pictureBytes <= Self.mostPictureBytes
      ).markup
    for asset in result.assets { pictureBytes += asset.facts?.preview?.jpeg.count ?? 0 }
    return ""
  }

  /// The whole page.
  public mutating func end(_ summary: Summary) -> String {
    HTMLPage(context: context, summary: summary, rules: rules, results: results).markup.text
  }
}

/// The number of results that break each rule, by the rule's id.
struct HTMLRuleCounts {
  private var counts: [String: Int] = [:]

  /// Each rule that was broken, with the number of results that break it, the most frequent first.
  var ordered: [(rule: String, count: Int)] {
    counts.map { (rule: $0.key, count: $0.value) }.sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
  }

  mutating func count(_ findings: [Finding]) {
    for rule in Set(findings.map(\.rule.rawValue)) { counts[rule, default: 0] += 1 }
  }
}

import AssetOpening
import Locations

/// A redirect costs time, and some servers do not follow it.
struct URLRedirects: AssetRule {
  let entry = RuleEntry(
    "url-redirects", .url, .note,
    summary: "A URL answers directly.",
    source: .practice("Some servers follow no redirects, or only a few."),
    breaks: .asset("a short link"), passes: .asset("the URL that it leads to"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let delivery = asset.examination.delivery, delivery.redirects > 0 else { return [] }
    let target = delivery.finalURL.displayText
    let times = delivery.redirects == 1 ? "once" : "\(delivery.redirects) times"
    var finding = asset.finding(entry, "the URL redirects \(times), to \(target)")
    finding.actual = ["redirects": .count(delivery.redirects)]
    finding.fix = "give the URL that it leads to"
    return [finding]
  }
}

import AssetSource
import MediaFacts

/// A link to a page about a file is no link to the file.
struct AssetWebPage: AssetRule {
  let entry = RuleEntry(
    "asset-web-page", .url,
    summary: "A URL leads to the file itself, not to a web page about it.",
    source: .apiPage("URL of the first-frame image to animate from. Must be publicly accessible."),
    breaks: .asset("the address of a page that shows a photo"),
    passes: .asset("the direct address of the photo"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.reference.location.url != nil, asset.examination.facts?.format?.id == "html" else {
      return []
    }
    var finding = asset.finding(entry, "a web page came instead of a file")
    finding.fix = "copy the address of the file itself; a sign-in page means that it is not public"
    return [finding]
  }
}

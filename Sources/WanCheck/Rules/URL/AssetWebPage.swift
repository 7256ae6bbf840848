import AssetOpening
import Locations
import MediaFacts

/// A link to a page about a file is not a link to the file.
struct AssetWebPage: AssetRule {
  let entry = RuleEntry(
    "asset-web-page", .url,
    summary: "A URL leads to the file itself, not to a web page about it.",
    breaks: .asset("the address of a page that shows a photo"),
    passes: .asset("the direct address of the photo"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let given = asset.reference.location.url, let facts = asset.examination.facts,
      facts.format?.id == "html"
    else { return [] }
    let answered = asset.examination.delivery?.finalURL ?? given
    var finding = asset.finding(entry, "the server sent a web page instead of a file")
    if let title = facts.shownPageTitle {
      finding.message += ": \"\(title)\""
      finding.actual = ["title": .text(title)]
    } else {
      finding.message += ", from \(answered.host)"
    }
    finding.fix = Self.fix(given, answered, title: facts.pageTitle)
    return [finding]
  }

  private static func fix(_ given: AssetURL, _ answered: AssetURL, title: String?) -> Fix {
    // The direct form of a file that is not public does not work, so that is reported first.
    let isSignIn = SignInPage.isLikely(title: title, at: answered)
    let sharing = [given, answered].compactMap { SharingLink($0) }
    let link = sharing.first { $0.direct != nil } ?? sharing.first
    switch (isSignIn, link?.direct) {
    case (true, let direct?):
      return .words(
        "the page asks for a sign-in, so the file is not public: share it with everyone who has the link, "
          + "then give the direct form: \(text(direct))")
    case (true, nil):
      return .words(
        "the page asks for a sign-in, so the file is not public: make it public, or sign a link for it; "
          + "open it in a private window to see what others see")
    case (false, let direct?):
      return "give the direct form of the \(link?.service ?? "same") link: \(text(direct))"
    case (false, nil):
      return link.flatMap(advice)
        ?? "copy the address of the file itself; a sign-in page means that it is not public"
    }
  }

  /// The link without the values in its query, and a note about that.
  private static func text(_ direct: DirectLink) -> String {
    let isWhole = direct.displayText == direct.url.text
    return isWhole ? direct.displayText : "\(direct.displayText) (each … as in the first link)"
  }

  private static func advice(_ link: SharingLink) -> Fix? {
    switch link.obstacle {
    case .noDirectLinks:
      "\(link.service) has no direct form of this link: upload the file to a host that has direct links"
    case .notOneFile:
      "this \(link.service) link shows a folder, an album or a list: give the direct link of one file in it"
    case .notShared:
      "this is the \(link.service) page of people who are signed in: share the file with everyone, give that link"
    case .unclear:
      "this \(link.service) link does not say which file it means: copy the file's own sharing link"
    default: nil
    }
  }
}

extension MediaFacts {
  /// The title of a web page in a form that is safe in a message.
  var shownPageTitle: String? { pageTitle.map { Redactor.message($0, limit: 80) } }
}

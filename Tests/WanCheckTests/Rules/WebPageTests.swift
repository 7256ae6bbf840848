import AssetOpening
import AssetSource
import JudgingKit
import Locations
import MediaFacts
import Testing
import WanCheck

/// A web page in place of a file: what it is called, and where the file is.
@Suite struct WebPageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let url: String
    var finalURL: String?
    var title: String?
    let fix: String
    var testDescription: String { name }
  }

  private static let general =
    "copy the address of the file itself; a sign-in page means that it is not public"
  private static let signIn =
    "the page asks for a sign-in, so the file is not public: make it public, or sign a link for it; "
    + "open it in a private window to see what others see"

  static let cases: [Case] = [
    Case(name: "a stranger", url: "https://cdn.acme.net/a", title: "A lake", fix: general),
    Case(
      name: "a direct form", url: "https://github.com/o/r/blob/main/a.png", title: "r/a.png at main",
      fix: "give the direct form of the GitHub link: https://raw.githubusercontent.com/o/r/main/a.png"),
    Case(
      name: "a direct form with a secret", url: "https://www.dropbox.com/scl/fi/abc/a.png?rlkey=secret&dl=0",
      fix: "give the direct form of the Dropbox link: https://www.dropbox.com/scl/fi/abc/a.png?rlkey=…&dl=1 "
        + "(each … as in the first link)"),
    Case(
      name: "the URL given comes first", url: "https://github.com/o/r/blob/main/a.png",
      finalURL: "https://imgur.com/AbC1234",
      fix: "give the direct form of the GitHub link: https://raw.githubusercontent.com/o/r/main/a.png"),
    Case(
      name: "behind a redirect", url: "https://short.acme.net/a", finalURL: "https://imgur.com/AbC1234",
      fix: "give the direct form of the Imgur link: https://i.imgur.com/AbC1234.jpg"),
    Case(
      name: "no direct form but behind a redirect", url: "https://1drv.ms/i/s!AbC",
      finalURL: "https://onedrive.live.com/redir?resid=secret",
      fix: "give the direct form of the OneDrive link: https://onedrive.live.com/download?resid=… "
        + "(each … as in the first link)"),
    Case(
      name: "no direct links", url: "https://photos.app.goo.gl/AbC",
      fix: "Google Photos has no direct form of this link: upload the file to a host that has direct links"),
    Case(
      name: "an album", url: "https://imgur.com/a/AbC",
      fix: "this Imgur link shows a folder, an album or a list: give the direct link of one file in it"),
    Case(
      name: "unclear", url: "https://drive.google.com/open?id=1&id=2",
      fix: "this Google Drive link does not say which file it means: copy the file's own sharing link"),
    Case(
      name: "not shared", url: "https://www.dropbox.com/home/a",
      fix:
        "this is the Dropbox page of people who are signed in: share the file with everyone, give that link"),
    Case(name: "a sign-in by its title", url: "https://cdn.acme.net/a", title: "Acme | Sign-In", fix: signIn),
    Case(name: "in German", url: "https://cdn.acme.net/a", title: "Bitte anmelden", fix: signIn),
    Case(name: "in Japanese", url: "https://cdn.acme.net/a", title: "ログイン - Acme", fix: signIn),
    Case(
      name: "no sign-in", url: "https://cdn.acme.net/a", title: "Blog innovations, design interest",
      fix: general),
    Case(
      name: "a sign-in by its host", url: "https://cdn.acme.net/a",
      finalURL: "https://login.microsoftonline.com/common?token=secret", fix: signIn),
    Case(
      name: "a sign-in by its path", url: "https://cdn.acme.net/a",
      finalURL: "https://acme.net/users/sign_in?x=secret",
      fix: signIn),
    Case(
      name: "a lookalike", url: "https://cdn.acme.net/a", finalURL: "https://accounts.google.com.acme.net/x",
      fix: general),
    Case(
      name: "a sign-in before a file on Drive", url: "https://drive.google.com/file/d/1aB/view",
      finalURL: "https://accounts.google.com/v3/signin/identifier?continue=secret",
      title: "Sign in - Google Accounts",
      fix: "the page asks for a sign-in, so the file is not public: share it with everyone who has the link, "
        + "then give the direct form: https://drive.google.com/uc?export=download&id=1aB"),
  ]

  @Test(arguments: cases)
  func saysHowToGetTheFile(_ page: Case) async throws {
    let finding = try await finding(page.url, finalURL: page.finalURL, title: page.title)
    #expect(finding.fix?.text == page.fix)
    #expect(!"\(finding)".contains("secret"))
    #expect(finding.severity == .error)
  }

  @Test func thePageIsNamedByItsTitle() async throws {
    let finding = try await finding("https://cdn.acme.net/a", title: "A \"lake\"")
    #expect(finding.message == "the server sent a web page instead of a file: \"A \"lake\"\"")
    #expect(finding.actual == ["title": .text("A \"lake\"")])
  }

  @Test func aPageWithoutTitleIsNamedByItsHost() async throws {
    let near = try await finding("https://cdn.acme.net/a")
    #expect(near.message == "the server sent a web page instead of a file, from cdn.acme.net")
    let far = try await finding("https://cdn.acme.net/a", finalURL: "https://www.acme.net/b?secret")
    #expect(far.message == "the server sent a web page instead of a file, from www.acme.net")
  }

  struct Shortening: Sendable, CustomTestStringConvertible {
    let title: String
    let shown: String
    var testDescription: String { title.debugDescription }
  }

  @Test(arguments: [
    Shortening(title: "a\u{1B}[31m\u{202E}b", shown: #"a\u{1B}[31m\u{202E}b"#),
    Shortening(title: "Error: /a.png?sig=secret&b=1 (403)", shown: "Error: /a.png?… (403)"),
    Shortening(title: "What is this? 1 + 1 = 2?", shown: "What is this? 1 + 1 = 2?"),
    Shortening(title: String(repeating: "x", count: 80), shown: String(repeating: "x", count: 80)),
    Shortening(title: String(repeating: "x", count: 81), shown: String(repeating: "x", count: 79) + "…"),
    Shortening(
      title: String(repeating: "\u{202E}", count: 20), shown: String(repeating: #"\u{202E}"#, count: 9) + "…"),
    Shortening(
      title: "e" + String(repeating: "\u{301}", count: 200),
      shown: "e" + String(repeating: "\u{301}", count: 78) + "…"),
  ])
  func titlesAreShortAndHarmless(_ expected: Shortening) async throws {
    let finding = try await finding("https://cdn.acme.net/a", title: expected.title)
    #expect(finding.message == "the server sent a web page instead of a file: \"\(expected.shown)\"")
  }

  @Test func theFormatFindingNamesThePage() async throws {
    let page = MediaFacts.unmeasured("html", "HTML page", kind: nil).with {
      $0.formatDetail = "begins with \"<html>\""
      $0.pageTitle = "Sign in\u{202E}"
    }
    let result = try await Checking(["./a.png": FakeAsset(page)]).asset("./a.png", role: .startImage)
    #expect(result.rules == ["image-format"])
    #expect(
      result.findings.map(\.message) == [
        #"expected JPEG, PNG, BMP or WebP; found HTML page titled "Sign in\u{202E}""#
      ])
  }

  private func finding(_ url: String, finalURL: String? = nil, title: String? = nil) async throws -> Finding {
    let facts = MediaFacts.unmeasured("html", "HTML page", kind: nil).with { $0.pageTitle = title }
    let answered = finalURL.flatMap { AssetURL.read($0).url }
    let asset = FakeAsset(facts).with { asset in
      asset.deliver = { delivery in answered.map { delivery.finalURL = $0 } }
    }
    let result = try await Checking([url: asset]).asset(url, role: .startImage)
    return try #require(result.findings("asset-web-page").first)
  }
}

import Locations
import Testing

@testable import WanSubmit

/// The start of a body with its type, and whether it is a page.
struct PageCase: Sendable, CustomTestStringConvertible {
  var start: String
  var type: String?
  var isPage: Bool

  var testDescription: String { "\(start) as \(type ?? "nothing")" }
}

@Suite struct ResultKindTests {
  @Test(
    arguments: [
      ("https://cdn.example.net/a.MOV?x=.webm", "video/mp4", "mov"),
      ("https://cdn.example.net/a.webm", nil, "webm"),
      ("https://cdn.example.net/a.php", "video/quicktime", "mov"),
      ("https://cdn.example.net/a.exe", "application/x-msdownload", "mp4"),
      ("https://cdn.example.net/a", " Video/WebM ; codecs=vp9", "webm"),
      ("https://cdn.example.net/a", nil, "mp4"),
    ] as [(String, String?, String)])
  func extensions(_ url: String, _ type: String?, _ expected: String) throws {
    let url = try #require(AssetLocation(url).url)
    #expect(ResultKind.fileExtension(of: [url], contentType: type) == expected)
  }

  @Test func theFirstUrlThatNamesAVideoCounts() throws {
    let urls = try ["https://a.example.net/get", "https://b.example.net/x.mov"].map {
      try #require(AssetLocation($0).url)
    }
    #expect(ResultKind.fileExtension(of: urls, contentType: "video/webm") == "mov")
  }

  @Test(arguments: [
    PageCase(start: "<!DOCTYPE html><p>", type: nil, isPage: true),
    PageCase(start: "\u{FEFF} \r\n<HTML>", type: "video/mp4", isPage: true),
    PageCase(start: "<p>Sorry", type: "text/html; charset=utf-8", isPage: true),
    PageCase(start: "<p>Sorry", type: "application/xhtml+xml", isPage: true),
    PageCase(start: "<p>Sorry", type: "video/mp4", isPage: false),
    PageCase(start: "\0\0\0 ftypisom", type: "text/html", isPage: false),
    PageCase(start: "", type: "text/html", isPage: false),
  ])
  func pages(_ example: PageCase) {
    #expect(ResultKind.isWebPage(start: example.start.utf8, contentType: example.type) == example.isPage)
  }
}

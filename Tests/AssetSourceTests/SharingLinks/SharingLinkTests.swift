import Testing

@testable import AssetSource

@Suite struct SharingLinkTests {
  @Test(
    arguments: [
      SharingCase.google, SharingCase.drives, SharingCase.code, SharingCase.pictures, SharingCase.closed,
      SharingCase.strangers,
    ].flatMap(\.self))
  func namesTheHostAndTheDirectForm(_ expected: SharingCase) throws {
    let link = SharingLink(try #require(AssetURL.read(expected.url).url))
    #expect(link?.service == expected.service)
    #expect(link?.direct?.url.text == expected.direct)
    #expect(link?.direct?.displayText == expected.shown ?? expected.direct)
    #expect(link?.obstacle == expected.obstacle)
  }

  static let pages = [SharingCase.google, SharingCase.drives, SharingCase.code, SharingCase.pictures]
    .flatMap(\.self).filter { $0.direct != nil }

  @Test(arguments: pages)
  func aDirectFormIsNoSharingPage(_ page: SharingCase) throws {
    let url = try #require(AssetURL.read(page.url).url)
    let direct = try #require(SharingLink(url)?.direct)
    #expect(SharingLink(direct.url) == nil)
    #expect(direct.url.isSecure)
  }

  @Test(arguments: pages)
  func nothingOfAQueryIsShown(_ page: SharingCase) throws {
    let url = try #require(AssetURL.read(page.url).url)
    let direct = try #require(SharingLink(url)?.direct)
    let shown = direct.displayText.split(separator: "?").dropFirst().first ?? ""
    let own = ["export=download", "dl=1", "download=1", "confirm=t"]
    for parameter in shown.split(separator: "&") where !own.contains(String(parameter)) {
      let value = parameter.split(separator: "=", maxSplits: 1).last ?? ""
      #expect(value == "…" || url.path.contains(value), "\(parameter)")
    }
  }

  @Test func noHostBelongsToTwoServices() {
    let hosts = SharingService.all.flatMap(\.hosts)
    #expect(Set(hosts).count == hosts.count)
    #expect(hosts.allSatisfy { $0 == $0.lowercased() && $0.contains(".") })
  }

  /// Paths and queries that nobody would write, on every host.
  @Test(arguments: SharingService.all.flatMap(\.hosts))
  func oddLinksComeToSomething(_ pattern: String) throws {
    let host = pattern.replacing("*.", with: "a.")
    let paths = [
      "", "/", "//", "///d///", "/%2F", "/file/d", "/a/b/blob/", "/blob/blob/blob/blob/blob", "/s/",
      "/-/blob", "/:i:",
      "/wiki/File:", "/wiki/%46ile:", "/details//x", "/.gifv", "/-", "/..", "/photos/x/",
    ]
    for path in paths {
      for query in [
        "", "?", "?&&=&", "?id", "?id=%26dl%3D1", "?dl=%31", "?title=File:%0A", "?resid=a&resid=b",
      ] {
        let url = try #require(AssetURL.read("https://\(host)\(path)\(query)").url)
        guard let link = SharingLink(url) else { continue }
        #expect((link.direct == nil) != (link.obstacle == nil))
        #expect(link.direct?.url.isSecure ?? true)
      }
    }
  }
}

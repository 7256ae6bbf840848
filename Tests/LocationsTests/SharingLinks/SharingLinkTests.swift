import Testing

@testable import Locations

@Suite struct SharingLinkTests {
  @Test(arguments: SharingCase.all)
  func namesTheHostAndTheDirectForm(_ expected: SharingCase) throws {
    let link = SharingLink(try #require(AssetURL.read(expected.url).url))
    #expect(link?.service == expected.service)
    #expect(link?.direct?.url.text == expected.direct)
    #expect(link?.direct?.displayText == expected.shown ?? expected.direct)
    #expect(link?.obstacle == expected.obstacle)
  }

  static let pages = SharingCase.all.filter { $0.direct != nil }

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

  /// Paths and queries that services do not use, on every host.
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

  /// The table itself: patterns and direct forms are well-formed, and every row has a case that it decides.
  @Test(arguments: SharingService.all.map(\.name)) func everyRowIsSoundAndTried(_ name: String) throws {
    let cases = SharingCase.all.filter { $0.service == name || $0.service == nil }
    for service in SharingService.all where service.name == name {
      var isTried = Array(repeating: false, count: service.rules.count)
      for expected in cases {
        let url = try #require(AssetURL.read(expected.url).url)
        guard SharingService.named(url.host.text)?.hosts == service.hosts else { continue }
        let page = SharedPage(url)
        if let index = service.rules.firstIndex(where: { $0.outcome(of: page) != nil }) {
          isTried[index] = true
        }
      }
      for (rule, isTried) in zip(service.rules, isTried) {
        let patterns = rule.patterns.map { $0.components.joined(separator: "/") }
        #expect(isTried || service.rules.count == 1, "\(name): no case for \(patterns)")
        for component in rule.patterns.flatMap(\.components)
        where component.contains("*") || component.contains("{") {
          let isWhole =
            component.first == "{" && component.last == "}" && !component.dropFirst().contains("{")
          #expect(isWhole || component == "**" || !component.contains("{"), "\(name): \(component)")
        }
        guard case .direct(let form) = rule.target else { continue }
        let names = form.address.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }
        for name in names where name != "host" && name != "path" && !name.hasPrefix("$") {
          #expect(
            rule.patterns.allSatisfy { pattern in
              pattern.components.contains { $0 == "{\(name)}" || $0 == "{\(name)**}" }
            }, "\(service.name): {\(name)} is not captured")
        }
      }
    }
  }

  /// As many components as a URL can have, against patterns that try again and again.
  @Test func matchingTakesBoundedTime() throws {
    for path in ["/a/-/blob/x/", "/d", "/file/d", "/", "/uc"] {
      let long = String(repeating: path, count: 8000 / path.utf8.count)
      for host in ["gitlab.com", "docs.google.com", "drive.google.com", "onedrive.live.com"] {
        _ = SharingLink(try #require(AssetURL.read("https://\(host)\(long)").url))
      }
    }
  }
}

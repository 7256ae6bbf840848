import FixtureKit
import Foundation
import Testing

/// The HTML report in a real browser. Without one the tests are skipped with a note; `make test` installs one on
/// Debian.
@Suite(
  .serialized, .enabled(if: Browser.program != nil, "no chromium on the PATH: pages are not looked at"),
  .timeLimit(.minutes(5)))
struct HTMLReportTests {
  private func report(_ inputs: [String], in folder: TemporaryFolder, _ arguments: [String] = []) throws
    -> URL
  {
    let outcome = try Program.wanCheck.run(["--format", "html"] + arguments + inputs, in: folder.url)
    let page = folder.url.appending(path: "report.html")
    try outcome.output.write(to: page)
    return page
  }

  private func folder(_ names: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, fixture) in names {
      try FileManager.default.copyItem(at: Fixture(fixture).url, to: folder.url.appending(path: name))
    }
    return folder
  }

  private static let small = "reject/image-dimensions/200x150.png"
  private static let good = "jobs/media/start.png"

  @Test func rendersFiltersAndSearches() throws {
    let folder = try folder([
      "small.png": Self.small, "good.png": Self.good, "clip.mp4": "jobs/media/clip.mp4",
    ])
    let page = try report(["small.png", "good.png", "clip.mp4"], in: folder)
    let browser = try Browser(profile: folder.url.appending(path: "profile"))
    try browser.open(page)
    let shown = "[...document.querySelectorAll('article')].filter(a => a.offsetHeight > 0).length"
    #expect(
      try browser.evaluate("document.querySelector('h1').textContent") as? String
        == "1 of 3 inputs is invalid")
    #expect(try browser.evaluate(shown) as? Int == 3)

    try browser.evaluate("document.querySelector('button[data-verdict=invalid]').click()")
    #expect(try browser.evaluate(shown) as? Int == 1)
    #expect(try browser.evaluate("document.getElementById('shown').textContent") as? String == "1 of 3 shown")
    let pressed = "document.querySelector('button[data-verdict=invalid]').getAttribute('aria-pressed')"
    #expect(try browser.evaluate(pressed) as? String == "true")
    try browser.evaluate("document.getElementById('clear').click()")
    #expect(try browser.evaluate(shown) as? Int == 3)

    try browser.evaluate("document.querySelector('button[data-rule=image-dimensions]').click()")
    #expect(try browser.evaluate(shown) as? Int == 1)
    try browser.evaluate("document.getElementById('clear').click()")

    try browser.evaluate(
      """
      new Promise(done => { const s = document.getElementById('search'); s.value = 'CLIP.mp4';
        s.dispatchEvent(new Event('input')); requestAnimationFrame(() => requestAnimationFrame(done)) })
      """)
    #expect(try browser.evaluate(shown) as? Int == 1)
    #expect(browser.complaints.isEmpty)
  }

  @Test func keysAndTheme() throws {
    let folder = try folder(["small.png": Self.small, "good.png": Self.good])
    let browser = try Browser(profile: folder.url.appending(path: "profile"))
    try browser.open(try report(["small.png", "good.png"], in: folder))
    func press(_ key: String) throws {
      try browser.result("Input.dispatchKeyEvent", ["type": "keyDown", "key": key, "text": key])
      try browser.result("Input.dispatchKeyEvent", ["type": "keyUp", "key": key])
    }
    try press("j")
    #expect(try browser.evaluate("document.activeElement.id") as? String == "r1")
    try press("j")
    #expect(try browser.evaluate("document.activeElement.id") as? String == "r2")
    try press("k")
    #expect(try browser.evaluate("document.activeElement.id") as? String == "r1")
    let background = "getComputedStyle(document.body).backgroundColor"
    let before = try browser.evaluate(background) as? String
    try press("d")
    #expect(try browser.evaluate(background) as? String != before)
    try press("/")
    #expect(try browser.evaluate("document.activeElement.id") as? String == "search")
    #expect(browser.complaints.isEmpty)
  }

  @Test func hostileNamesRunNothing() throws {
    let names = [
      "<script>hit=1<\u{2215}script>.png", "\"><img src=x onerror=hit=1>.png", "javascript:hit=1.png",
      "'-hit=1-'.png", "a\u{202E}gnp.png", "x onmouseover=hit=1 .png",
    ]
    let folder = try folder(Dictionary(uniqueKeysWithValues: names.map { ($0, Self.small) }))
    let browser = try Browser(profile: folder.url.appending(path: "profile"))
    try browser.open(try report(names.map { "./\($0)" }, in: folder))
    #expect(try browser.evaluate("typeof hit") as? String == "undefined")
    #expect(try browser.evaluate("document.querySelectorAll('article').length") as? Int == names.count)
    let active =
      "document.querySelectorAll('script:not(:last-of-type), [onerror], [onmouseover], a:not(.skip)').length"
    #expect(try browser.evaluate(active) as? Int == 0)
    #expect(try browser.evaluate("document.body.textContent.includes('\\u202e')") as? Bool == false)
    #expect(browser.complaints.isEmpty)
    // The content security policy is in force: an injected script would not run either.
    try browser.evaluate(
      "{ const s = document.createElement('script'); s.textContent = 'hit = 1'; document.body.append(s) }")
    #expect(try browser.evaluate("typeof hit") as? String == "undefined")
    #expect(!browser.complaints.isEmpty)
  }

  @Test func narrowAndWithoutAScript() throws {
    let folder = try folder(["small.png": Self.small])
    let browser = try Browser(profile: folder.url.appending(path: "profile"))
    let page = try report(["small.png"], in: folder)
    try browser.result("Emulation.setScriptExecutionDisabled", ["value": true])
    try browser.result(
      "Emulation.setDeviceMetricsOverride",
      ["width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": false])
    try browser.open(page)
    #expect(try browser.evaluate("document.documentElement.scrollWidth <= innerWidth") as? Bool == true)
    #expect(try browser.evaluate("document.getElementById('filters').offsetHeight") as? Int == 0)
    let text = try browser.evaluate("document.getElementById('results').innerText") as? String ?? ""
    #expect(text.contains("each side must be 240 to 8000 px"))
    #expect(text.contains("-resize '320x240!'"))
  }

  @Test func twoThousandAssetsFilterAtOnce() throws {
    let folder = try folder(["small.png": Self.small])
    let lines = String(repeating: "{\"start_image_url\": \"small.png\"}\n", count: 2000)
    try Data(lines.utf8).write(to: folder.url.appending(path: "jobs.jsonl"))
    let page = try report(["jobs.jsonl"], in: folder)
    #expect(try Data(contentsOf: page).count < 8_000_000)
    let browser = try Browser(profile: folder.url.appending(path: "profile"))
    try browser.open(page)
    let hidden = try browser.evaluate(
      """
      document.querySelector('button[data-verdict=valid]').click();
      document.querySelectorAll('article.out').length
      """)
    #expect(hidden as? Int == 2000)
    #expect(browser.complaints.isEmpty)
  }
}

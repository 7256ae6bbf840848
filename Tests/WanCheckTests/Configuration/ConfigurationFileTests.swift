import MediaFacts
import Testing

@testable import WanCheck

@Suite struct ConfigurationFileTests {
  private static func read(_ text: String) -> (file: ConfigurationFile, problems: [String]) {
    let read = ConfigurationFile.read(Array(text.utf8), named: ".wan-check.yml")
    return (read.file, read.problems.map(\.description))
  }

  @Test func everyKeyIsReadWithItsPlace() throws {
    let (file, problems) = Self.read(
      """
      depth: decode
      strict: true
      concurrency: 4
      rules:
        image-alpha: error
        asset-unreachable: note
        image-orientation: off
      ignore:
        - {rule: image-dimensions, path: "drafts/**", reason: drawn small, expires: 2030-12-31}
        - rule: url-local
          reason: not yet uploaded
      limits:
        image-side: {min: 480}
        audio-duration: {min: 2.5, max: 20}
        image-aspect-ratio: {min: 1:4}
        audio-formats: {one_of: [mp3]}
      map:
        https://cdn.example.net/media: public
      """)
    #expect(problems.isEmpty)
    #expect(file.layer.depth?.value == .decode)
    #expect(file.layer.depth?.origin.description == ".wan-check.yml:1:8")
    #expect(file.layer.strict?.value == true)
    #expect(file.layer.concurrency?.value == 4)
    #expect(file.rules.map(\.id.rawValue) == ["image-alpha", "asset-unreachable", "image-orientation"])
    #expect(file.rules.map(\.setting.value) == [.error, .note, .off])
    #expect(file.ignored.map(\.value.rule.rawValue) == ["image-dimensions", "url-local"])
    #expect(file.ignored.first?.value.path?.text == "drafts/**")
    #expect(file.ignored.first?.value.expires?.description == "2030-12-31")
    #expect(file.ignored.last?.value.path == nil)
    #expect(
      file.limits.map(\.value.text) == ["480 to 8000 px", "2.5 to 20 s", "1:4 to 8:1 w:h", "MP3"])
    #expect(file.map.map(\.value) == [.init(prefix: "https://cdn.example.net/media", folder: "public")])
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "{}\n"])
  func aFileMaySayNothing(_ text: String) {
    let (file, problems) = Self.read(text)
    #expect(problems.isEmpty)
    #expect(file.layer.depth == nil)
    #expect(file.rules.isEmpty)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let text: String
    let problem: String
    var testDescription: String { text }

    init(_ text: String, _ problem: String) {
      self.text = text
      self.problem = problem
    }
  }

  @Test(arguments: [
    Wrong("dept: full", "1:1: `dept` is not a key of the configuration; did you mean depth?"),
    Wrong("colour: red", "1:1: `colour` is not a key of the configuration; it has depth, strict,"),
    Wrong("depth: ful", "1:8: depth must be header, full or decode; found `ful`; did you mean full?"),
    Wrong("depth: 3", "1:8: depth must be header, full or decode; found `3`"),
    Wrong("strict: yes", "1:9: strict must be true or false; found `yes`"),
    Wrong("strict: 1", "1:9: strict must be true or false; found `1`"),
    Wrong("strict: null", "1:9: strict must be true or false; found null"),
    Wrong("concurrency: 0", "1:14: concurrency must be 1 to 256; found `0`"),
    Wrong("concurrency: \"4\"", "1:14: concurrency must be 1 to 256; found `4`"),
    Wrong("depth: full\ndepth: header", "2:1: duplicate key `depth`; first defined at line 1, column 1"),
    Wrong("- depth: full", "1:1: a configuration must be a mapping of keys to values; found an array"),
    Wrong("full", "1:1: a configuration must be a mapping of keys to values; found a string"),
    Wrong("depth: full\n---\nstrict: true", "3:1: a configuration is one document"),
    Wrong("depth: [full", "1:"),
    Wrong("rules: [image-alpha]", "1:8: rules must be a mapping of keys to values; found an array"),
    Wrong("rules:\n  image-alhpa: off", "2:3: unknown rule `image-alhpa`; did you mean image-alpha?"),
    Wrong(
      "rules:\n  image-alpha: warn", "2:16: image-alpha must be error, warning, note or off; found `warn`"),
    Wrong(
      "rules:\n  image-dimensions: warning", "2:3: image-dimensions is an error by the API's documentation"),
    Wrong(
      "rules:\n  image-dimensions: error", "2:3: image-dimensions is an error by the API's documentation"),
    Wrong("rules:\n  asset-unreachable: off", "2:3: asset-unreachable says that something was not proved"),
    Wrong("ignore: {rule: image-alpha}", "1:9: ignore must be a list of entries; found an object"),
    Wrong("ignore:\n  - rule: image-alpha", "2:5: an entry of ignore needs a reason"),
    Wrong("ignore:\n  - reason: so", "2:5: an entry of ignore needs a rule"),
    Wrong(
      "ignore:\n  - {rule: image-alpha, reason: \" \"}", "2:33: reason must be a non-empty string; found ` `"),
    Wrong(
      "ignore:\n  - {rule: image-alfa, reason: so}",
      "2:12: unknown rule `image-alfa`; did you mean image-alpha?"),
    Wrong(
      "ignore:\n  - {rule: image-alpha, reason: so, paht: x}",
      "2:37: `paht` is not a key of an entry of ignore; did you mean path?"),
    Wrong("ignore:\n  - {rule: image-alpha, reason: so, path: /x}", "2:43: path must be a pattern below"),
    Wrong("ignore:\n  - {rule: image-alpha, reason: so, path: ../x}", "2:43: path must be a pattern below"),
    Wrong("ignore:\n  - {rule: image-alpha, reason: so, expires: 2027-02-29}", "2:46: expires must be a day"),
    Wrong(
      "ignore: [image-alpha]", "1:10: an entry of ignore must be a mapping of keys to values; found a string"),
    Wrong("limits:\n  image-sid: {min: 1}", "2:3: unknown limit `image-sid`; did you mean image-side?"),
    Wrong(
      "limits:\n  image-side: 5",
      "2:15: the limit image-side must be a mapping of keys to values; found a number"),
    Wrong(
      "limits:\n  image-side: {mim: 5}", "2:16: `mim` is not a key of the limit image-side; did you mean min?"
    ),
    Wrong("limits:\n  prompt: {min: 5}", "2:12: `min` is not a key of the limit prompt; it has max"),
    Wrong(
      "limits:\n  image-side: {min: -5}", "2:21: a bound of image-side must be a number that is not below 0"),
    Wrong("limits:\n  image-side: {min: .inf}", "2:21: a bound of image-side must be a number"),
    Wrong("limits:\n  image-side: {min: 9000}", "2:15: image-side allows nothing: min is above max"),
    Wrong(
      "limits:\n  image-aspect-ratio: {min: 0:4}",
      "2:29: a bound of image-aspect-ratio must be a number or a ratio"),
    Wrong(
      "limits:\n  image-formats: {one_of: [jpg]}",
      "2:28: `jpg` is none of jpeg, png, bmp and webp; did you mean jpeg?"),
    Wrong("limits:\n  image-formats: {one_of: []}", "2:27: one_of of image-formats is a list of words"),
    Wrong(
      "limits:\n  image-formats: {min: 3}",
      "2:19: `min` is not a key of the limit image-formats; it has one_of"),
    Wrong("map: [a]", "1:6: map must be a mapping of keys to values; found an array"),
    Wrong("map: {https://a.example.net/: 5}", "1:31: a folder of map must be a non-empty string; found `5`"),
  ])
  func whatIsWrongIsToldWithItsPlace(_ wrong: Wrong) {
    let (_, problems) = Self.read(wrong.text)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(".wan-check.yml:\(wrong.problem)") == true, "\(problems)")
  }

  @Test func everythingThatIsWrongIsToldAtOnce() {
    let (_, problems) = Self.read("dept: full\nstrict: 1\nrules: {image-alpha: of}")
    #expect(problems.count == 3)
  }

  @Test(arguments: [
    ("allow_private_hosts: true", "--allow-private-hosts"),
    ("allow-private-hosts: true", "--allow-private-hosts"),
    ("allow_paths: true", "--allow-paths"), ("allow-paths: [/etc]", "--allow-paths"),
    ("api_base: https://evil.example.net", "--api-base"), ("api-base: x", "--api-base"),
    ("api_key: secret-secret", "FREEPIK_API_KEY"), ("FREEPIK_API_KEY: secret-secret", "FREEPIK_API_KEY"),
    ("api_key_file: k", "--api-key-file"), ("api_key_header: x", "--api-key-file"),
    ("user_agent: me", "--user-agent"), ("proxy: http://p.example.net", "--proxy"),
    ("accept_overrides: true", "submit"), ("force: true", "submit"), ("no_sandbox: true", "command line"),
  ])
  func whatAFileMayNeverDo(_ text: String, _ reason: String) {
    let (_, problems) = Self.read(text)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("is not allowed in a file") == true)
    #expect(problems.first?.contains(reason) == true, "\(problems)")
    #expect(problems.first?.contains("secret-secret") == false)
  }

  @Test func hostileNamesBreakNoLine() {
    let read = ConfigurationFile.read(Array("\"a\\nb\\e[31m\": 1".utf8), named: "x\n::error::.yml")
    let text = read.problems.map(\.description).joined()
    #expect(!text.isEmpty)
    #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }
}

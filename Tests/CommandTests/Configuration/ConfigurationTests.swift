import FixtureKit
import Foundation
import Testing

/// wan-check with configuration files and environment variables.
@Suite struct ConfigurationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("", to: "repo/.git/HEAD")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "repo/a/b"), withIntermediateDirectories: true)
  }

  private func run(
    _ arguments: [String], in place: String = "repo", environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.wanCheck.run(arguments, environment: environment, in: folder.url.appending(path: place))
  }

  private func configure(_ text: String, at place: String = "repo/.wan-check.yml") throws {
    try folder.write(text, to: place)
  }

  private func copy(_ fixture: String, to name: String) throws {
    try folder.write(try Data(contentsOf: Fixture(fixture).url), to: name)
  }

  private func report(_ arguments: [String], in place: String = "repo") throws -> (
    status: Int32, [String: Any]
  ) {
    let outcome = try run(["--format", "json"] + arguments, in: place)
    let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    return (outcome.status, try #require(object))
  }

  // MARK: Where the file is found

  @Test func theNearestFileUpToTheRepositorysRootCounts() throws {
    try configure("depth: header", at: ".wan-check.yml")
    #expect(try run(["--print-config"], in: "repo/a/b").text.contains("depth: full  # default"))
    try configure("depth: decode")
    #expect(
      try run(["--print-config"], in: "repo/a/b").text.contains("depth: decode  # ../../.wan-check.yml:1:8"))
    try configure("depth: header", at: "repo/a/.wan-check.yml")
    #expect(
      try run(["--print-config"], in: "repo/a/b").text.contains("depth: header  # ../.wan-check.yml:1:8"))
    #expect(try run(["--print-config"], in: "repo").text.contains("depth: decode  # .wan-check.yml:1:8"))
  }

  /// Otherwise, a user who can write to a folder above could decide what is valid here.
  @Test func aLinkOutOfTheRepositoryIsNotBelieved() throws {
    try folder.write("depth: header", to: "elsewhere.yml")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "repo/.wan-check.yml").path, withDestinationPath: "../elsewhere.yml")
    let outcome = try run(["--print-config"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("link out of the repository"))
    #expect(try run(["--print-config", "--no-config"]).status == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files to others"))
  func aFileOfAnotherUserIsNotBelieved() throws {
    try configure("depth: header")
    let file = folder.url.appending(path: "repo/.wan-check.yml").path
    #expect(chown(file, 12345, 12345) == 0)
    let outcome = try run(["--print-config"], in: "repo/a")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("another user"))
    #expect(try run(["--print-config", "--config", "../.wan-check.yml"], in: "repo/a").status == 0)
    // In a container, a checkout often belongs entirely to another user.
    #expect(chown(folder.url.appending(path: "repo/a").path, 12345, 12345) == 0)
    #expect(try run(["--print-config"], in: "repo/a").status == 0)
  }

  @Test func withoutARepositoryOnlyTheWorkingFolderCounts() throws {
    try configure("depth: header", at: "plain/.wan-check.yml")
    try folder.write("", to: "plain/sub/x")
    #expect(try run(["--print-config"], in: "plain").text.contains("depth: header"))
    #expect(try run(["--print-config"], in: "plain/sub").text.contains("depth: full"))
  }

  @Test func aFileCanBeNamedAndLeftOut() throws {
    try configure("depth: header")
    try configure("depth: decode", at: "other.yml")
    #expect(
      try run(["--print-config", "--config", "../other.yml"]).text.contains(
        "depth: decode  # ../other.yml:1:8"))
    #expect(try run(["--print-config", "--no-config"]).text.contains("depth: full  # default"))
    let both = try run(["--print-config", "--no-config", "--config", "../other.yml"])
    #expect(both.status == 2)
    #expect(both.errors.contains("--config and --no-config exclude each other"))
    let missing = try run(["--print-config", "--config", "nowhere.yml"])
    #expect(missing.status == 2)
    #expect(missing.errors.contains("nowhere.yml cannot be read"))
    #expect(missing.output.isEmpty)
  }

  @Test func whatCannotBeReadIsNotPassedOver() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "repo/.wan-check.yml").path, withDestinationPath: "nowhere")
    #expect(try run(["--print-config"]).status == 2)
    try FileManager.default.removeItem(at: folder.url.appending(path: "repo/.wan-check.yml"))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "repo/.wan-check.yml"), withIntermediateDirectories: true)
    let outcome = try run(["--print-config"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(".wan-check.yml is not a file"))
  }

  // MARK: What the file does

  @Test func theCommandLineGoesFirstThenTheEnvironmentThenTheFile() throws {
    try configure("depth: header\nstrict: true\nconcurrency: 3\n")
    let file = try run(["--print-config"]).text
    #expect(file.contains("strict: true  # .wan-check.yml:2:9\nconcurrency: 3  # .wan-check.yml:3:14"))
    let variables = ["WAN_CHECK_DEPTH": "decode", "WAN_CHECK_STRICT": "false", "WAN_CHECK_CONCURRENCY": "5"]
    let environment = try run(["--print-config"], environment: variables).text
    #expect(environment.contains("depth: decode  # WAN_CHECK_DEPTH\nstrict: false  # WAN_CHECK_STRICT"))
    #expect(environment.contains("concurrency: 5  # WAN_CHECK_CONCURRENCY"))
    let line = try run(
      ["--print-config", "--depth", "full", "--strict", "--jobs", "7"], environment: variables
    ).text
    #expect(line.contains("depth: full  # --depth\nstrict: true  # --strict\nconcurrency: 7  # --jobs"))
    #expect(try run(["--print-config", "--no-strict"]).text.contains("strict: false  # --no-strict"))
  }

  @Test func settingsReachTheCheck() throws {
    try copy("reject/image-alpha/rgba.png", to: "repo/a.png")
    #expect(try run(["a.png"]).status == 0)
    try configure("strict: true")
    #expect(try run(["a.png"]).status == 1)
    #expect(try run(["a.png", "--no-strict"]).status == 0)
    #expect(try run(["a.png"], environment: ["WAN_CHECK_STRICT": "false"]).status == 0)
    try configure("rules: {image-alpha: error}")
    #expect(try run(["a.png"]).status == 1)
    try configure("rules: {image-alpha: off}")
    #expect(try run(["a.png"]).text == "1 input: 1 valid\n")
    try configure("depth: header")
    #expect(try report(["a.png"]).1["depth"] as? String == "header")
  }

  @Test func overriddenLimitsShowInTheProfile() throws {
    try copy("reject/image-dimensions/200x150.png", to: "repo/a.png")
    #expect(try run(["a.png"]).status == 1)
    try configure("limits: {image-side: {min: 100}}")
    let (status, report) = try report(["a.png"])
    #expect(status == 0)
    let profile = try #require(report["profile"] as? [String: Any])
    #expect(profile["overrides"] as? [String: String] == ["image-side": "100 to 8000 px"])
  }

  @Test func aJobWithOtherLimitsIsNotSubmittable() throws {
    try configure("limits: {prompt: {max: 4000}}")
    try folder.write(
      #"{"prompt": "p", "start_image_url": "https://cdn.example.net/a.png"}"#, to: "repo/job.json")
    let (_, report) = try report(["--offline", "job.json"])
    let result = try #require((report["results"] as? [[String: Any]])?.first)
    #expect((result["not_submittable_because"] as? [String])?.contains("overridden-limits") == true)
  }

  @Test func aSuppressedFindingChangesTheExitCodeAndNothingElse() throws {
    try copy("reject/image-dimensions/200x150.png", to: "repo/drafts/a.png")
    try copy("reject/image-dimensions/200x150.png", to: "repo/final.png")
    try configure("ignore:\n  - {rule: image-dimensions, path: drafts/**, reason: small}\n")
    let (status, report) = try report(["drafts/a.png"])
    #expect(status == 0)
    let result = try #require((report["results"] as? [[String: Any]])?.first)
    #expect(result["verdict"] as? String == "invalid")
    #expect(result["submittable"] as? Bool == false)
    let finding = try #require((result["findings"] as? [[String: Any]])?.first)
    #expect(finding["suppressed"] as? Bool == true)
    #expect(finding["severity"] as? String == "error")
    let summary = try #require(report["summary"] as? [String: Int])
    #expect(summary["suppressed"] == 1)
    #expect(summary["invalid"] == 1)
    #expect(summary["errors"] == 0)
    #expect(try run(["a.png"], in: "repo/drafts").status == 0)
    #expect(try run(["drafts/a.png", "final.png"]).status == 1)
    #expect(try run(["final.png"]).status == 1)
    let text = try run(["drafts/a.png"]).text
    #expect(text.contains("[image-dimensions] suppressed"))
    #expect(text.contains("1 input: 1 invalid (1 suppressed)"))
    #expect(try run(["--no-config", "drafts/a.png"]).status == 1)
  }

  @Test func whatExpiredCountsAgainAndIsTold() throws {
    try copy("reject/image-dimensions/200x150.png", to: "repo/a.png")
    try configure("ignore:\n  - {rule: image-dimensions, reason: small, expires: 2020-01-31}\n")
    let outcome = try run(["a.png"])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "wan-check: note: .wan-check.yml:2:5: ignoring image-dimensions ended on 2020-01-31: it counts again\n"
    )
    #expect(!outcome.text.contains("suppressed"))
    try configure("ignore:\n  - {rule: image-dimensions, reason: small, expires: 9999-12-31}\n")
    let held = try run(["a.png"])
    #expect(held.status == 0)
    #expect(held.errors.isEmpty)
  }

  @Test func submitKeepsItsPromiseWhateverIsSuppressed() throws {
    try folder.write(
      #"{"prompt": "p", "start_image_url": "https://cdn.example.net/a.png", "duration": 99}"#,
      to: "repo/job.json")
    try configure("ignore:\n  - {rule: duration-range, reason: so}\n")
    let outcome = try run(
      ["submit", "--api-base", "http://127.0.0.1:9", "--ledger", "ledger", "--dry-run", "job.json"],
      environment: ["FREEPIK_API_KEY": "k", "no_proxy": "*"])
    #expect(outcome.status == 1, "\(outcome.text)\(outcome.errors)")
    #expect(try run(["submit", "--print-config"]).status == 0)
  }

  // MARK: What a file may map

  @Test func mapsLeadIntoTheRepositoryOnly() throws {
    try copy("accept/image/png-rgb-8.png", to: "repo/public/a.png")
    try copy("accept/image/png-rgb-8.png", to: "outside/a.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "repo/link").path, withDestinationPath: "../outside")
    try configure("map: {https://cdn.example.net/media: public}")
    let url = "https://cdn.example.net/media/a.png"
    #expect(try run([url]).status == 0)
    #expect(try run([url], in: "repo/a/b").status == 0)
    for place in ["../outside", "link", folder.url.appending(path: "outside").path, "a/../../outside", "/"] {
      try configure("map: {https://cdn.example.net/media: \"\(place)\"}")
      let outcome = try run([url])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(".wan-check.yml:1:7: map: "))
      #expect(outcome.errors.contains("is outside the repository"), "\(outcome.errors)")
    }
    try configure("map: {https://cdn.example.net/media: nowhere}")
    #expect(try run([url]).errors.contains(".wan-check.yml:1:7: map: there is no folder nowhere"))
    try configure("map: {ftp://cdn.example.net/media: public}")
    #expect(try run([url]).status == 2)
  }

  @Test func theCommandLineMapsBeforeTheFile() throws {
    try copy("accept/image/png-rgb-8.png", to: "repo/public/a.png")
    try copy("reject/image-dimensions/200x150.png", to: "repo/other/a.png")
    try configure("map: {https://cdn.example.net/media: public}")
    let url = "https://cdn.example.net/media/a.png"
    #expect(try run(["--map", "https://cdn.example.net/media/=other", url]).status == 1)
    #expect(try run([url]).status == 0)
  }

  // MARK: What a file may never set

  @Test(arguments: [
    "allow_private_hosts: true", "allow-paths: true", "api_base: https://evil.example.net",
    "api_key: secret-secret",
    "api_key_header: x", "user_agent: x", "proxy: http://p.example.net:1", "accept_overrides: true",
  ])
  func aFileThatSaysMoreThanItMayIsAnError(_ text: String) throws {
    try configure(text)
    for command in ["check", "submit"] {
      let outcome = try run([command, "--print-config"])
      #expect(outcome.status == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("wan-check: .wan-check.yml:1:1: "))
      #expect(outcome.errors.contains("is not allowed in a file"))
      #expect(!outcome.errors.contains("secret-secret"))
    }
  }

  @Test(arguments: [
    "WAN_CHECK_ALLOW_PRIVATE_HOSTS", "WAN_CHECK_ALLOW_PATHS", "WAN_CHECK_API_BASE", "WAN_CHECK_API_KEY",
    "WAN_CHECK_USER_AGENT", "WAN_CHECK_PROXY",
  ])
  func aVariableThatSaysMoreThanItMayIsAnError(_ name: String) throws {
    let outcome = try run(["http://127.0.0.1:9/a.png"], environment: [name: "true"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("wan-check: \(name): the environment cannot set this"))
  }

  @Test func everyMistakeIsToldAtOnce() throws {
    try configure("dept: full\nrules:\n  image-alhpa: off\n")
    let outcome = try run(["x.png"], environment: ["WAN_CHECK_STRICT": "yes"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == """
        wan-check: WAN_CHECK_STRICT: the value must be true or false; found `yes`
        wan-check: .wan-check.yml:1:1: `dept` is not a key of the configuration; did you mean depth?
        wan-check: .wan-check.yml:3:3: unknown rule `image-alhpa`; did you mean image-alpha?

        """)
  }
}

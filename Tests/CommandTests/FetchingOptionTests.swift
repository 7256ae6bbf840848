import FixtureKit
import Foundation
import Testing

/// The options for remote assets, as far as they need no server.
@Suite struct FetchingOptionTests {
  private static let picture = "https://cdn.example.net/media/png-rgb-8.png"
  private static let map = "https://cdn.example.net/media=accept/image"

  @Test(arguments: [
    Call(arguments: ["--map", map, picture], status: 0, output: "1 valid"),
    Call(arguments: ["--map", map, "--offline", picture], status: 0, output: "1 valid"),
    Call(
      arguments: ["--map", "HTTPS://CDN.example.net:443/media/=accept/image", "\(picture)?v=1"], status: 0),
    Call(
      arguments: ["--map", "https://cdn.example.net=reject", "--map", map, picture], status: 0,
      output: "1 valid"),
    Call(
      arguments: ["--map", map, "https://cdn.example.net/media/no.png"], status: 1,
      output: "accept/image/no.png"),
    Call(
      arguments: ["--offline", "--map", map, "https://cdn.example.net/mediax/a.png"], status: 3,
      output: "[asset-unreachable]"),
    Call(
      arguments: ["--map", map, "https://cdn.example.net/media/%2e%2e/README.md"], status: 3,
      output: "[file-unreadable]"),
    Call(
      arguments: ["--map", "http://localhost=accept/image", "http://localhost/png-rgb-8.png"], status: 1,
      output: "[url-not-public]"),
    Call(
      arguments: [
        "--map", "http://localhost=accept/image", "--allow-private-hosts", "http://localhost/png-rgb-8.png",
      ],
      status: 0, output: "PNG"),
    Call(arguments: ["--map", "accept/image", picture], status: 2, errors: "URL-PREFIX=FOLDER"),
    Call(arguments: ["--map", "cdn.example.net=accept", picture], status: 2, errors: "http://"),
    Call(arguments: ["--map", "https://u:secret@h.net=accept", picture], status: 2, errors: "https://h.net"),
    Call(arguments: ["--map", "https://h.net?q=accept", picture], status: 2, errors: "no query"),
    Call(arguments: ["--map", "https://h.net=no-such-folder", picture], status: 2, errors: "no such folder"),
    Call(arguments: ["--map", "https://h.net=README.md", picture], status: 2, errors: "no such folder"),
    Call(arguments: ["--map", "https://h.net=", picture], status: 2, errors: "the folder is missing"),
    Call(
      arguments: ["--map", "https://h.net/a=accept", "--map", "https://h.net/a/=reject", picture], status: 2,
      errors: "twice"),
    Call(arguments: ["--proxy", "", picture], status: 2, errors: "--proxy"),
    Call(arguments: ["--proxy", "ftp://proxy.example.net", picture], status: 2, errors: "--proxy"),
    Call(
      arguments: ["--proxy", "http://proxy.example.net:3128/path", picture], status: 2, errors: "--proxy"),
    Call(arguments: ["--proxy", "http://proxy.example.net:0", picture], status: 2, errors: "--proxy"),
    Call(arguments: ["--proxy", "http://u:p@proxy.example.net:3128", "--offline", picture], status: 3),
    Call(arguments: ["--proxy", "proxy.example.net:3128", "--offline", picture], status: 3),
    Call(arguments: ["--user-agent", "", picture], status: 2, errors: "`--user-agent` must not be empty"),
    Call(arguments: ["--user-agent", " ", picture], status: 2, errors: "`--user-agent` must not be empty"),
    Call(arguments: ["--user-agent", "a\r\nCookie: b", picture], status: 2, errors: "control character"),
    Call(arguments: ["--user-agent", "studio-pipeline/2", "--offline", picture], status: 3),
    Call(arguments: ["--timeout", "0", picture], status: 2, errors: "--timeout"),
    Call(arguments: ["--timeout", "90000", picture], status: 2, errors: "--timeout"),
    Call(arguments: ["--jobs", "257", picture], status: 2, errors: "--jobs"),
    Call(arguments: ["check", "--help"], status: 0, output: "--map <url-prefix=folder>"),
  ])
  func endsAsDocumented(call: Call) throws {
    let outcome = try Program.wanCheck.run(call.arguments, in: Fixture.root)
    #expect(outcome.status == call.status, "\(outcome.text)\(outcome.errors)")
    if let output = call.output { #expect(outcome.text.contains(output), "\(outcome.text)") }
    if let errors = call.errors { #expect(outcome.errors.contains(errors), "\(outcome.errors)") }
    #expect(!outcome.errors.contains("secret"))
  }

  @Test func aMappedJobIsNotSubmittable() throws {
    let job = #"{"start_image_url": "\#(Self.picture)"}"#
    let outcome = try Program.wanCheck.run(
      ["--map", Self.map, "--format", "json", "-"], input: Data(job.utf8), in: Fixture.root)
    #expect(outcome.status == 0, "\(outcome.text)")
    let report = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    let result = try #require((report["results"] as? [[String: Any]])?.first)
    #expect(result["verdict"] as? String == "valid")
    #expect(result["not_submittable_because"] as? [String] == ["local-asset"])
    let asset = try #require((result["assets"] as? [[String: Any]])?.first)
    #expect(asset["local_copy"] as? String == "accept/image/png-rgb-8.png")
  }

  @Test func aQueryIsShownOnRequestOnly() throws {
    let url = "https://cdn.example.net/a.png?token=abc"
    let redacted = try Program.wanCheck.run(["--offline", url])
    #expect(!redacted.text.contains("token"))
    let shown = try Program.wanCheck.run(["--offline", "--show-urls", url])
    #expect(shown.text.contains("?token=abc"))
    #expect(!shown.errors.contains("token"))
  }
}

import FixtureKit
import Foundation
import Testing

/// A URL that is pasted in the wrong place, or in a wrong form, does not show a secret either.
@Suite struct PastedURLTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let pasted = [
    "u:topsecret@h.com/a?x", "u:topsecret@h.com/a", "user:topsecret@cdn.foo-bar.net/a.png",
    "a_b:topsecret@h.com/a",
    "topsecret:x@h.com/a.png", "<https://cdn.foo-bar.net/a.png?topsecret>",
    "'https://cdn.foo-bar.net/a.png?topsecret'",
    "(https://cdn.foo-bar.net/a.png?topsecret)", "cdn.foo-bar.net/a.png?topsecret", "https://x/?topsecret",
    "topsecret@h.com/a.png", "https://u:topsecret@h.com/a b",
    "https://tg.foo-bar.net/file/bot123456:AAEhtopsecrettopsecret/a.png",
    "https://hooks.slack.com/services/T0/B0/topsecrettopsecrettops",
    "https://h.foo-bar.net/u:topsecret@/a.png",
    "tg.foo-bar.net/bot123456:AAEhtopsecrettopsecret/a.png",
  ]

  @Test(arguments: ["text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"])
  func nowhereIsASecretShown(_ format: String) throws {
    var lines: [String] = []
    for text in Self.pasted {
      for field in ["start_image_url", "resolution", "webhook_url", "seed", text] {
        lines.append(#"{"\#(field)": "\#(text)"}"#)
      }
      lines.append(#"{"\#(text)": 1, "job": {"start_image_url": "\#(text)"}}"#)
      // The first word of a text without quotation marks is shown.
      guard !text.hasPrefix("topsecret") else { continue }
      lines.append(#"{"start_image_url": \#(text)}"#)
      lines.append(#"{\#(text): 1, "\#(text)": 1, "\#(text)": 1}"#)
      lines.append(#"{"\#(text)": 1, "\#(text)": 1}"#)
    }
    try folder.write(lines.joined(separator: "\n"), to: "jobs.jsonl")
    for options in [[], ["--show-urls"]] where options.isEmpty || format == "text" {
      let outcome = try Program.wanCheck.run(
        ["--no-config", "--offline", "--verbose", "--format", format] + options + ["jobs.jsonl"]
          + (options.isEmpty ? Self.pasted : []),
        in: folder.url)
      #expect([1, 2].contains(outcome.status), "\(outcome.errors)")
      for line in (outcome.text + outcome.errors).split(separator: "\n") where line.contains("topsecret") {
        // The option shows a query, but never user info.
        #expect(!options.isEmpty && line.contains("?topsecret"), "\(line)")
      }
    }
  }

  @Test func misuseShowsNoSecret() throws {
    for text in Self.pasted {
      for arguments in [
        ["--depth", text], ["--\(text)"], ["rules", text], ["submit", text], ["--proxy", text],
        ["--map", text],
      ] {
        let outcome = try Program.wanCheck.run(arguments, in: folder.url)
        #expect(!(outcome.text + outcome.errors).contains("topsecret"), "\(arguments) \(outcome.errors)")
      }
    }
  }
}

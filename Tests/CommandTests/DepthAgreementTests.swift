import FixtureKit
import Foundation
import Testing

/// A deeper depth confirms or explains what a shallower one reports, and adds only what the deeper one alone can see.
@Suite struct DepthAgreementTests {
  /// The rules that only packets, rows and frames can break: damage, and values found by counting and decoding.
  private static let deeper: Set<String> = [
    "image-corrupt", "image-truncated", "image-irregular", "image-alpha", "image-animated",
    "image-trailing-data",
    "audio-corrupt", "audio-truncated", "audio-irregular", "audio-duration", "audio-no-stream",
    "audio-codec",
    "video-corrupt", "video-irregular", "video-duration", "video-dimensions", "video-aspect-ratio",
    "video-pixel-aspect",
    "probe-limit",
  ]
  /// Decoding adds damage and the audio that FFmpeg plays from damaged files, and nothing else.
  private static let damage: Set<String> = ["audio-corrupt", "video-corrupt", "image-corrupt", "probe-limit"]
  /// The rules by which a shallow depth reports its own limits.
  private static let ofDepth: Set<String> = ["depth-insufficient", "end-undeclared", "probe-limit"]

  @Test(arguments: ["accept", "reject", "corrupt"])
  func deeperDepthsConfirm(folder: String) throws {
    let fixtures = Fixture.all(in: folder)
    #expect(fixtures.count > 10)
    let reports = try ["header", "full", "decode"].map { try Reports(of: fixtures, ["--depth", $0]) }
    for fixture in fixtures {
      let rules = reports.map { Set($0[fixture].flatMap(Reports.rules)) }
      #expect(
        rules[0].subtracting(rules[1]).isSubset(of: Self.ofDepth),
        "\(fixture): \(rules[0]) became \(rules[1])")
      #expect(rules[1].subtracting(rules[2]).isEmpty, "\(fixture): \(rules[1]) became \(rules[2])")
      #expect(
        rules[1].subtracting(rules[0]).isSubset(of: Self.deeper), "\(fixture): \(rules[0]) became \(rules[1])"
      )
      let added = rules[2].subtracting(rules[1])
      #expect(
        (rules[1].contains("audio-corrupt") ? added.subtracting(["audio-irregular"]) : added)
          .isSubset(of: Self.damage), "\(fixture): \(rules[1]) became \(rules[2])"
      )
      // A shallower look at the same facts never hides an error.
      let verdicts = reports.map { $0[fixture].compactMap { $0["verdict"] as? String } }
      if verdicts[1] == ["invalid"] { #expect(verdicts[2] == ["invalid"], "\(fixture)") }
      if verdicts[0] == ["invalid"] { #expect(verdicts[1] != ["inconclusive"], "\(fixture)") }
    }
  }
}

import JudgingKit
import Testing
import WanCheck

@testable import WanSubmit

struct JobFingerprintTests {
  /// The fingerprint of a job of one image, whose bytes are those of `digest`.
  private static func fingerprint(
    _ members: String, digest: String = String(repeating: "ab", count: 32), key: String = "key-1",
    base: ProviderBase = .freepik, id: String? = nil, url: String = Named.start
  ) async throws -> String {
    let body = #"{"start_image_url": "\#(url)"\#(members.isEmpty ? "" : ", ")\#(members)}"#
    let text = id.map { #"{"id": "\#($0)", "job": \#(body)}"# } ?? body
    let asset = FakeAsset(.image()).with { $0.sha256 = digest }
    let outcome = try await Checking([url: asset]).outcome(text)
    guard case .submittable(let job, _) = outcome else {
      throw NotSubmittable(rules: outcome.result.rules)
    }
    let key = try #require(APIKey(key))
    return try #require(JobFingerprint(job, base: base, key: key)).text
  }

  private struct NotSubmittable: Error { var rules: [String] }

  @Test func isSixtyFourHexDigits() async throws {
    let fingerprint = try await Self.fingerprint("")
    #expect(fingerprint.count == 64)
    #expect(fingerprint.allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  @Test func aLinkThatWasSignedAnewIsTheSameJob() async throws {
    let one = try await Self.fingerprint(#""seed": 1"#, url: "https://cdn.example.net/a.png?sig=1")
    let other = try await Self.fingerprint(#""seed": 1"#, url: "https://cdn.example.net/a.png?sig=2")
    #expect(one == other)
  }

  @Test func aWebhookIsNoPartOfTheJob() async throws {
    let one = try await Self.fingerprint(#""seed": 1"#)
    let other = try await Self.fingerprint(#""webhook_url": "https://hooks.example.net/x", "seed": 1.0"#)
    #expect(one == other)
  }

  @Test(arguments: [
    #""duration": 5"#, #""duration": 5.0"#, #""resolution": "1080P""#,
    #""duration": 5e0, "resolution": "1080P""#,
  ])
  func aDefaultThatIsWrittenMakesNoOtherJob(_ members: String) async throws {
    #expect(try await Self.fingerprint(members) == Self.fingerprint(""))
  }

  @Test func everythingElseIs() async throws {
    let other = try #require(ProviderBase("https://api.magnific.com"))
    let prints = [
      try await Self.fingerprint(""), try await Self.fingerprint(#""seed": 1"#),
      try await Self.fingerprint("", digest: String(repeating: "cd", count: 32)),
      try await Self.fingerprint("", key: "key-2"), try await Self.fingerprint("", base: other),
      try await Self.fingerprint("", id: "a"), try await Self.fingerprint("", id: "b"),
      try await Self.fingerprint(#""duration": 6"#), try await Self.fingerprint(#""resolution": "720P""#),
      try await Self.fingerprint(#""prompt": "x""#),
    ]
    #expect(Set(prints).count == prints.count)
  }
}

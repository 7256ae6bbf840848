import Testing

@testable import WanSubmit

struct WebhookSecretTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    var text: String
    var keys: [[UInt8]]
    var testDescription: String { text }
  }

  private static let bytes = Array(UInt8(0)..<8)

  @Test(arguments: [
    Reading(text: "plain text", keys: [Array("plain text".utf8)]),
    Reading(text: "geheim-ü", keys: [Array("geheim-ü".utf8)]),
    Reading(text: "whsec_AAECAwQFBgc=", keys: [bytes, Array("whsec_AAECAwQFBgc=".utf8)]),
    Reading(text: "whsec_AAECAwQFBgc", keys: [bytes, Array("whsec_AAECAwQFBgc".utf8)]),
    Reading(
      text: "whsec_-_-_-_-_-_-_",
      keys: [
        [0xFB, 0xFF, 0xBF, 0xFB, 0xFF, 0xBF, 0xFB, 0xFF, 0xBF], Array("whsec_-_-_-_-_-_-_".utf8),
      ]),
    Reading(text: "whsec_not base64!", keys: [Array("whsec_not base64!".utf8)]),
    Reading(text: "whsec_AAECAwQFB", keys: [Array("whsec_AAECAwQFB".utf8)]),
    Reading(text: "whsec_AAEC", keys: []),
    Reading(text: "whsec_", keys: []),
    Reading(text: "0001020304050607", keys: [bytes, Array("0001020304050607".utf8)]),
    Reading(text: "0001020304050607a", keys: [Array("0001020304050607a".utf8)]),
    Reading(text: "00010203", keys: [Array("00010203".utf8)]),
    Reading(text: "+1+2+3+4+5+6+7+8", keys: [Array("+1+2+3+4+5+6+7+8".utf8)]),
    Reading(text: "7 bytes", keys: []),
    Reading(text: "", keys: []),
  ])
  func aTextIsReadInEveryWayThatItCanBe(_ reading: Reading) {
    #expect(WebhookSecret.readings(of: reading.text) == reading.keys)
    #expect((WebhookSecret(reading.text) != nil) == !reading.keys.isEmpty)
  }

  @Test(arguments: ["", " \n ", "  short  ", "whsec_  "])
  func whiteSpaceIsNoPartOfASecret(_ text: String) {
    #expect(WebhookSecret(text) == nil)
  }

  @Test func noDescriptionHoldsTheSecret() throws {
    let secret = try #require(WebhookSecret("whsec_c2VjcmV0c2VjcmV0"))
    var dumped = ""
    dump(secret, to: &dumped)
    dump(WebhookVerifier(secrets: [secret]), to: &dumped)
    for shown in ["\(secret)", String(reflecting: secret), "\(WebhookVerifier(secrets: [secret]))", dumped] {
      #expect(!shown.contains("c2VjcmV0") && !shown.contains("secretsecret"), "\(shown)")
    }
  }
}

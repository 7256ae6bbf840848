import Testing
import WanCheck

@testable import WanSubmit

struct CanonicalJSONTests {
  private static func canonical(_ text: String, _ format: JobDocumentFormat = .json) throws -> String {
    var reader = JobDocumentReader(Array(text.utf8), format: format)
    let record = reader.next()
    let body = try #require(record?.body)
    return try #require(CanonicalJSON.text(body))
  }

  /// Doubles and their texts, from the table of RFC 8785, appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbersAreWrittenAsECMAScriptWritesThem(_ bits: UInt64, _ text: String) {
    #expect(CanonicalJSON.ecmaScript(Double(bitPattern: bits)) == text)
  }

  @Test(arguments: [
    (#"{"duration": 5}"#, #"{"duration": 5.0}"#), (#"{"duration": 5}"#, #"{"duration":50e-1}"#),
    (#"{"a": 1, "seed": 2}"#, "{\n \"seed\" : 2,\t\"a\":1 }"), (#"{"a": "é"}"#, #"{"a": "\u00e9"}"#),
    (#"{"a": 0}"#, #"{"a": -0}"#), (#"{"a": 0.5}"#, #"{"a": 5e-1}"#), (#"{"a": "/"}"#, #"{"a": "\/"}"#),
  ])
  func whatIsTheSameHasOneText(_ one: String, _ other: String) throws {
    #expect(try Self.canonical(one) == Self.canonical(other))
  }

  @Test(arguments: [
    (#"{"a": 9007199254740992}"#, #"{"a": 9007199254740993}"#), (#"{"a": 1}"#, #"{"a": "1"}"#),
    (#"{"a": null}"#, #"{"a": false}"#), (#"{"a": [1, 2]}"#, #"{"a": [2, 1]}"#),
    (#"{"a": "é"}"#, "{\"a\": \"e\u{301}\"}"),
    (#"{"a": 0.1}"#, #"{"a": 0.10000000000000001e1}"#),
  ])
  func whatDiffersHasTwo(_ one: String, _ other: String) throws {
    // Swift takes two spellings of a letter for the same text; a digest does not.
    #expect(try Array(Self.canonical(one).utf8) != Array(Self.canonical(other).utf8))
  }

  /// The order of RFC 8785, 3.2.3: by UTF-16 units, in which an emoji comes before U+FB33.
  @Test func membersAreSortedByTheirUnits() throws {
    let text = try Self.canonical(
      #"{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}"#)
    #expect(text == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{FB33}\":3}")
  }

  @Test func onlyWhatMustBeEscapedIs() throws {
    let text = try Self.canonical(#"{"a": "\u000f\b\f\n\r\t\"\\/\u007f\u2028€"}"#)
    #expect(text == "{\"a\":\"\\u000f\\b\\f\\n\\r\\t\\\"\\\\/\u{7F}\u{2028}€\"}")
  }

  @Test func yamlAndJSONComeToTheSame() throws {
    let json = try Self.canonical(
      #"{"start_image_url": "a", "seed": 16, "additional_settings": {"prompt_extend": true}}"#)
    let yaml = try Self.canonical(
      "seed: 0x10\nstart_image_url: a\nadditional_settings: {prompt_extend: true}\n", .yaml)
    #expect(json == yaml)
  }
}

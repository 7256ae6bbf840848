import JobDocuments
import Testing

@Suite struct NumberLiteralTests {
  struct NumberCase: Sendable, CustomTestStringConvertible {
    var text: String
    var integer: Int64?
    var isInteger: Bool
    var double: Double
    var json: String?

    init(_ text: String, _ integer: Int64?, _ double: Double, isInteger: Bool? = nil, json: String? = nil) {
      self.text = text
      self.integer = integer
      self.isInteger = isInteger ?? (integer != nil)
      self.double = double
      self.json = json
    }

    var testDescription: String { text }
  }

  @Test(arguments: [
    NumberCase("0", 0, 0), NumberCase("-0", 0, -0.0), NumberCase("0e99999999999999999999", 0, 0),
    NumberCase("5", 5, 5), NumberCase("5.0", 5, 5), NumberCase("5e0", 5, 5), NumberCase("50e-1", 5, 5),
    NumberCase("0.05E+2", 5, 5), NumberCase("-1200.00e-2", -12, -12),
    NumberCase("5.5", nil, 5.5), NumberCase("1e-1", nil, 0.1), NumberCase("55e-1", nil, 5.5),
    NumberCase("9223372036854775807", .max, 0x1p63),
    NumberCase("-9223372036854775808", .min, -0x1p63),
    NumberCase("9223372036854775808", nil, 0x1p63, isInteger: true),
    NumberCase("-9223372036854775809", nil, -0x1p63, isInteger: true),
    NumberCase("9007199254740993", 9_007_199_254_740_993, 9_007_199_254_740_992),
    NumberCase("9007199254740993.5", nil, 9_007_199_254_740_994),
    NumberCase("1e18", 1_000_000_000_000_000_000, 1e18), NumberCase("1e19", nil, 1e19, isInteger: true),
    NumberCase("1e400", nil, .infinity, isInteger: true),
    NumberCase("-1e400", nil, -.infinity, isInteger: true),
    NumberCase("1e99999999999999999999", nil, .infinity, isInteger: true),
    NumberCase("1e-99999999999999999999", nil, 0),
    NumberCase("1e-400", nil, 0),
  ])
  func json(_ test: NumberCase) throws {
    let number = try #require(NumberLiteral(json: test.text))
    #expect(number.integer == test.integer)
    #expect(number.isInteger == test.isInteger)
    #expect(number.doubleValue == test.double)
    #expect(number.isFinite)
    #expect(number.isNegative == test.text.hasPrefix("-"))
    #expect(number.jsonText == test.text)
    #expect(NumberLiteral(yaml: test.text) == number)
  }

  @Test(arguments: [
    "", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "-", "0x1", "1_0", " 1", "1 ", "1.2.3", "--1", "NaN", "١",
  ])
  func noJSON(text: String) {
    #expect(NumberLiteral(json: text) == nil)
  }

  @Test(arguments: [
    NumberCase("+5", 5, 5, json: "5"), NumberCase("007", 7, 7, json: "7"),
    NumberCase("-007.50", nil, -7.5, json: "-7.50"),
    NumberCase(".5", nil, 0.5, json: "0.5"), NumberCase("5.", 5, 5, json: "5"),
    NumberCase("5.e1", 50, 50, json: "5e1"),
    NumberCase("+.5E+1", 5, 5, json: "0.5e+1"), NumberCase("-00", 0, -0.0, json: "-0"),
    NumberCase("0o17", 15, 15, json: "15"), NumberCase("0x1F", 31, 31, json: "31"),
    NumberCase(
      "0xFFFFFFFFFFFFFFFF", nil, 0x1p64, isInteger: true, json: "18446744073709551615"),
    NumberCase("0x10000000000000000", nil, 0x1p64, isInteger: true),
  ])
  func yaml(_ test: NumberCase) throws {
    let number = try #require(NumberLiteral(yaml: test.text))
    #expect(number.integer == test.integer)
    #expect(number.isInteger == test.isInteger)
    #expect(number.doubleValue == test.double)
    #expect(number.jsonText == test.json)
  }

  @Test(arguments: [".inf", "-.inf", "+.Inf", ".INF", ".nan", ".NaN", ".NAN"])
  func notFinite(text: String) throws {
    let number = try #require(NumberLiteral(yaml: text))
    #expect(!number.isFinite)
    #expect(!number.isInteger)
    #expect(number.integer == nil)
    #expect(number.jsonText == nil)
    #expect(!number.doubleValue.isFinite)
  }

  @Test(arguments: [
    "", ".", "+", "0o", "0o8", "0x", "0xg", "-0x1", "0b1", "1_0", "+-.inf", "-.nan", ".iNF", "1:30", "e5",
  ])
  func noYAML(text: String) {
    #expect(NumberLiteral(yaml: text) == nil)
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
    #expect(Double(bitPattern: bits).ecmaScriptText == text)
  }

  @Test(
    arguments: [
      ("5", "5/1"), ("5.0", "5/1"), ("2.5", "25/10"), ("-0.125", "-125/1000"), ("1e2", "100/1"),
      ("0.123456789", "123456789/1000000000"), ("0.1234567891", nil), ("25e-1", nil), (".inf", nil),
      ("99999999999.123456789", nil),
    ] as [(String, String?)])
  func fractions(text: String, expected: String?) throws {
    let fraction = try #require(NumberLiteral(yaml: text)).fraction
    #expect(fraction.map { "\($0.numerator)/\($0.denominator)" } == expected)
  }
}

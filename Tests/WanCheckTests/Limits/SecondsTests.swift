import MediaFacts
import Testing

@testable import WanCheck

@Suite struct SecondsTests {
  struct Text: Sendable, CustomTestStringConvertible {
    let value: Rational?
    var near: Rational?
    let text: String
    var testDescription: String { "\(value.map(\.description) ?? "nil") as \(text)" }
  }

  @Test(arguments: [
    Text(value: Rational(2), text: "2"), Text(value: Rational(0), text: "0"),
    Text(value: Rational(1, over: 3), text: "0.333"), Text(value: Rational(2, over: 3), text: "0.667"),
    Text(value: Rational(19995, over: 10000), text: "2"),
    Text(value: Rational(1_999_999, over: 1_000_000), near: Rational(2), text: "1.999999"),
    Text(value: Rational(1_999_999_999, over: 1_000_000_000), near: Rational(2), text: "1.999999999"),
    Text(
      value: Rational(1_999_999_999_999, over: 1_000_000_000_000), near: Rational(2),
      text: "1999999999999/1000000000000"),
    Text(value: Rational(2), near: Rational(2), text: "2"),
    Text(value: Rational(-3, over: 2), text: "-1.5"), Text(value: Rational(-1, over: 10000), text: "0"),
    Text(value: Rational(.max), text: "9223372036854775807"),
    Text(value: Rational(.min), text: "-9223372036854775808"),
    Text(value: Rational(.max, over: .max), text: "1"), Text(value: Rational(1, over: .max), text: "0"),
    Text(value: Rational(.min, over: .max), text: "-1"),
    Text(value: Rational(.max, over: 2), text: "4611686018427387903.5"),
  ])
  func forPeople(_ expected: Text) throws {
    let value = try #require(expected.value)
    #expect(Seconds.text(value, near: expected.near) == expected.text)
  }

  @Test func wholePartIsRoundedDown() {
    #expect(Rational(7, over: 2)?.wholeBelow == 3)
    #expect(Rational(-7, over: 2)?.wholeBelow == -4)
    #expect(Rational(-4).wholeBelow == -4)
    #expect(Rational(.max).wholeBelow == .max)
    #expect(Rational(.min).wholeBelow == .min)
  }
}

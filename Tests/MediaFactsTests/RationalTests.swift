import Foundation
import MediaFacts
import Testing

@Suite struct RationalTests {
  @Test func lowestTerms() throws {
    let half = try #require(Rational(90000, over: 180000))
    #expect((half.numerator, half.denominator) == (1, 2))
    #expect(half == Rational(1, over: 2))
    let negative = try #require(Rational(-6, over: 4))
    #expect((negative.numerator, negative.denominator) == (-3, 2))
    let zero = try #require(Rational(0, over: .max))
    #expect((zero.numerator, zero.denominator) == (0, 1))
    let least = try #require(Rational(.min, over: 2))
    #expect((least.numerator, least.denominator) == (.min / 2, 1))
  }

  @Test(arguments: [0, -1, Int64.min]) func refusesDenominator(_ denominator: Int64) {
    #expect(Rational(1, over: denominator) == nil)
    #expect(Rational(0, over: denominator) == nil)
  }

  struct Pair: Sendable, CustomTestStringConvertible {
    let less: Rational?
    let more: Rational?
    var testDescription: String { "\(less.map(\.description) ?? "") < \(more.map(\.description) ?? "")" }
  }

  /// As doubles, most of these are equal.
  @Test(arguments: [
    Pair(less: Rational(1, over: 3), more: Rational(1, over: 2)),
    Pair(less: Rational(-1, over: 2), more: Rational(-1, over: 3)),
    Pair(less: Rational(-1), more: Rational(0)),
    Pair(less: Rational(.max - 1), more: Rational(.max)),
    Pair(less: Rational(.min), more: Rational(.max)),
    Pair(less: Rational(.max - 1, over: .max), more: Rational(1)),
    Pair(less: Rational(1), more: Rational(.max, over: .max - 1)),
    Pair(less: Rational(.max - 2, over: .max - 1), more: Rational(.max - 1, over: .max)),
    Pair(less: Rational(.min), more: Rational(.min + 1)),
    Pair(less: Rational(0), more: Rational(1, over: .max)),
    Pair(less: Rational(-1, over: .max), more: Rational(0)),
    Pair(less: Rational(2_999_999, over: 1_000_000), more: Rational(3)),
  ])
  func order(_ pair: Pair) throws {
    let (less, more) = (try #require(pair.less), try #require(pair.more))
    #expect(less < more)
    #expect(!(more < less))
    #expect(!(less < less))
    #expect(less != more)
  }

  @Test func sums() throws {
    let (third, sixth) = (try #require(Rational(1, over: 3)), try #require(Rational(1, over: 6)))
    #expect(third.adding(sixth) == Rational(1, over: 2))
    #expect(Rational(.max).adding(Rational(1)) == nil)
    #expect(Rational(.min).adding(Rational(-1)) == nil)
    #expect(Rational(.max).adding(Rational(-1)) == Rational(.max - 1))
    let fine = try #require(Rational(1, over: .max))
    let finer = try #require(Rational(1, over: .max - 1))
    #expect(fine.adding(finer) == nil)
  }

  @Test func decodingKeepsItsPromises() throws {
    let fraction = try #require(Rational(7, over: 3))
    let encoded = try JSONEncoder().encode(fraction)
    #expect(try JSONDecoder().decode(Rational.self, from: encoded) == fraction)
    let unreduced = Data(#"{"numerator": 4, "denominator": 2}"#.utf8)
    #expect(try JSONDecoder().decode(Rational.self, from: unreduced) == Rational(2))
    for denominator in ["0", "-1"] {
      let broken = Data(#"{"numerator": 1, "denominator": \#(denominator)}"#.utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Rational.self, from: broken) }
    }
  }
}

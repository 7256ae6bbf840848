import MediaFacts
import Testing

/// Fractions compare exactly and never trap.
@Suite struct RationalTests {
  @Test func isReducedAndHasAPositiveDenominator() throws {
    let half = try #require(Rational(6, over: 12))
    #expect((half.numerator, half.denominator) == (1, 2))
    #expect(Rational(1, over: 0) == nil)
    #expect(Rational(1, over: -1) == nil)
    #expect(Rational(0, over: 7) == Rational(0))
    #expect(Rational(Int64.min, over: 2)?.numerator == Int64.min / 2)
  }

  @Test func comparesWhereDoublesCannot() throws {
    let two = Rational(2)
    let more = try #require(Rational(2 * Int64(1) << 60 + 1, over: Int64(1) << 60))
    #expect(two < more)
    #expect(two.doubleValue == more.doubleValue)
    #expect(!(more < two))
    #expect(try #require(Rational(-1, over: 3)) < Rational(0))
  }

  @Test func aSumThatDoesNotFitIsNil() {
    #expect(Rational(Int64.max).adding(Rational(1)) == nil)
    #expect(Rational(1, over: 3)?.adding(Rational(1)) == Rational(4, over: 3))
  }
}

import JudgingKit
import MediaFacts
import Testing
import WanCheck

@testable import WanReport

@Suite struct GaugeScaleTests {
  private func gauge(_ facts: MediaFacts, length: Int64 = 18211, _ subject: String) async throws -> LimitGauge
  {
    let result = try await Checking().facts(facts, length: length)
    let gauges = try #require(result.assets.first).gauges(.documented)
    return try #require(gauges.first { $0.subject == subject })
  }

  @Test func endsOfTheRangeStandAtItsEnds() async throws {
    let sides = GaugeScale(try await gauge(.image(), "width and height"))
    #expect(sides.position(Rational(240), inside: true) == 15)
    #expect(sides.position(Rational(8000), inside: true) == 85)
    let length = GaugeScale(try await gauge(.audio(), "length"))
    #expect(length.position(Rational(16), inside: true) == 50)
    let size = GaugeScale(try await gauge(.image(), "size"))
    #expect(size.position(Rational(20), inside: true) == 75)
    #expect(size.position(Rational(10), inside: true) == 37.5)
  }

  @Test func outsideNeverLooksInside() async throws {
    let scale = GaugeScale(try await gauge(.audio(), "length"))
    #expect(scale.position(Rational(30).nudged(1), inside: false) > 85)
    #expect(scale.position(Rational(2).nudged(-1), inside: false) < 15)
    #expect(scale.position(Rational(.max), inside: false) <= 100)
    #expect(scale.position(Rational(0), inside: false) >= 0)
    let sides = GaugeScale(try await gauge(.image(), "width and height"))
    #expect(sides.position(Rational(0), inside: false) < 15)
    #expect(sides.position(Rational(8001), inside: false) > 85)
  }

  @Test func moreStandsFurtherRight() async throws {
    let scale = GaugeScale(try await gauge(.image(), "width and height"))
    let places = [241, 500, 1000, 4000, 7999].map { scale.position(Rational($0), inside: true) }
    #expect(places == places.sorted())
    #expect(Set(places).count == 5)
  }
}

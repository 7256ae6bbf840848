import MediaFacts
import Testing
import WanCheck

@Suite struct LimitsTests {
  @Test func everyLimitSaysWhereItComesFrom() {
    let limits = Limits.documented
    #expect(Set(limits.all.map(\.id)).count == limits.all.count)
    for limit in limits.all {
      #expect(!limit.source.sentence.isEmpty)
      #expect(limit.source.captured == Profile.freepik.captured)
      #expect(limit.minimum != nil || limit.maximum != nil || !limit.allowed.isEmpty, "\(limit.id)")
      #expect(limit.allowed.count == limit.allowedNames.count)
    }
  }

  @Test func endsAreInside() {
    let side = Limits.documented[.image, .side]
    #expect([239, 240, 8000, 8001].map { side.contains($0) } == [false, true, true, false])
    let ratio = Limits.documented[.image, .aspectRatio]
    let values: [(Int64, Int64)] = [
      (1, 8), (124_999_999, 1_000_000_000), (8, 1), (8_000_000_001, 1_000_000_000),
    ]
    let ratios = values.compactMap { Rational($0, over: $1) }
    #expect(ratios.map(ratio.contains) == [true, false, true, false])
  }

  /// A file just over a limit is still measured, so that the finding can say by how much.
  @Test func budgetsLeaveRoom() throws {
    for kind in MediaKind.allCases {
      let budget = Limits.documented.budget(for: kind)
      let most = try #require(Limits.documented.mostBytes(of: kind))
      #expect(budget.bytesRead > most * 5 / 2)
      #expect(budget.pixels > 8001 * 8001)
    }
    #expect(
      Limits.documented.budget(for: nil).bytesRead
        == MediaKind.allCases.map { Limits.documented.budget(for: $0).bytesRead }.max())
  }

  @Test func budgetGrowsWithOverrides() {
    var limits = Limits.documented
    limits[.image, .side].maximum = Rational(20_000)
    limits[.video, .size].maximum = Rational(1000)
    #expect(limits.budget(for: .image).pixels == 500_000_000)
    #expect(limits.budget(for: .video).bytesRead == 4000 << 20)
  }

  /// No override can make the arithmetic trap.
  @Test func absurdOverridesAreClamped() {
    var limits = Limits.documented
    limits[.image, .side].maximum = Rational(.max)
    limits[.image, .size].maximum = Rational(.max)
    let budget = limits.budget(for: .image)
    #expect(budget.pixels == .max)
    #expect(budget.bytesRead == .max)
  }
}

import MediaFacts
import Testing

@Suite struct WordsTests {
  @Test func depthsAreOrdered() {
    #expect(Depth.header < .full && .full < .decode && .header < .decode)
    #expect(Depth.allCases.sorted() == [.header, .full, .decode])
    #expect(Depth.full >= .full)
  }

  @Test func knownDurationsKeepTheirOrder() {
    #expect(Durations().known.isEmpty)
    let some = Durations(container: Rational(3), counted: Rational(2))
    #expect(some.known.map(\.name) == ["container", "counted"])
    #expect(some.known.map(\.seconds) == [Rational(3), Rational(2)])
    let all = Durations(container: Rational(1), stream: Rational(2), counted: Rational(3))
    #expect(all.known.map(\.name) == ["container", "stream", "counted"])
  }

  struct Turn: Sendable, CustomTestStringConvertible {
    let orientation: Int
    let isOnItsSide: Bool
    var testDescription: String { "orientation \(orientation)" }
  }

  @Test(arguments: (1...8).map { Turn(orientation: $0, isOnItsSide: $0 >= 5) })
  func displaySize(_ turn: Turn) {
    var image = ImageFacts(width: 640, height: 360, color: .rgb, bitDepth: 8, coding: .baseline)
    image.orientation = turn.orientation
    #expect((image.displayWidth == 360) == turn.isOnItsSide)
    #expect((image.displayHeight == 640) == turn.isOnItsSide)
  }

  @Test func evidenceIsNotedOnce() {
    var facts = MediaFacts()
    facts.examined(.header)
    facts.examined(.rows)
    facts.examined(.header)
    #expect(facts.evidence == [.header, .rows])
  }

  @Test func cancelledSourceIsACancelledProbe() {
    #expect(ProbeError(ByteSourceError(.cancelled, message: "")).code == .cancelled)
    let failure = ByteSourceError(.unreadable, message: "bad sector", errno: 5)
    let probe = ProbeError(failure)
    #expect(probe.code == .sourceFailed)
    #expect(probe.underlying == failure)
    #expect(ProbeError(ByteSourceError(.changed, message: "")).code == .sourceFailed)
  }

  @Test func defaultBudgetHasRoomAboveTheLimits() {
    let budget = Budget()
    #expect(budget.pixels >= 8000 * 8000)
    #expect(budget.bytesRead >= 100 << 20)
    #expect(budget.nesting > 0 && budget.streams > 0 && budget.chunks > 0 && budget.boxes > 0)
  }
}

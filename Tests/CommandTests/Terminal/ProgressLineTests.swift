import AssetSource
import Locations
import Testing
import WanReport

@testable import wan_check

@Suite struct ProgressLineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let state: ProgressState
    var width = 80
    var color = false
    let line: String
  }

  private static func state(_ change: (inout ProgressState) -> Void) -> ProgressState {
    var state = ProgressState(done: 3, known: 40, isComplete: true)
    change(&state)
    return state
  }

  private static let waiting = state {
    $0.bytes = 4_260_000
    $0.rate = 1_100_000
    $0.slow = .init(name: "https://cdn.example.net/shots/lake/opening-scene.mp4?…", seconds: 12)
  }

  @Test(arguments: [
    Case(testDescription: "nothing yet", state: ProgressState(), line: "0 of 0+ checked"),
    Case(testDescription: "inputs alone", state: state { _ in }, line: "3 of 40 checked"),
    Case(testDescription: "more may come", state: state { $0.isComplete = false }, line: "3 of 40+ checked"),
    Case(testDescription: "bytes", state: state { $0.bytes = 999 }, line: "3 of 40 checked  999 B"),
    Case(testDescription: "kB", state: state { $0.bytes = 999_999 }, line: "3 of 40 checked  999 kB"),
    Case(testDescription: "MB", state: state { $0.bytes = 1_990_000 }, line: "3 of 40 checked  1.9 MB"),
    Case(testDescription: "GB", state: state { $0.bytes = 12_345_000_000 }, line: "3 of 40 checked  12.3 GB"),
    Case(
      testDescription: "as much as there can be", state: state { $0.bytes = .max },
      line: "3 of 40 checked  9223372036.8 GB"),
    Case(
      testDescription: "a stalled rate", state: state { ($0.bytes, $0.rate) = (5000, 0) },
      line: "3 of 40 checked  5 kB  0 B/s"),
    Case(
      testDescription: "seconds left", state: state { $0.left = 59 }, line: "3 of 40 checked  about 59 s left"
    ),
    Case(
      testDescription: "minutes left", state: state { $0.left = 150 },
      line: "3 of 40 checked  about 3 min left"),
    Case(
      testDescription: "hours left", state: state { $0.left = 9000 }, line: "3 of 40 checked  about 3 h left"),
    Case(
      testDescription: "no room for the time left", state: state { ($0.bytes, $0.left) = (5000, 9) },
      width: 30,
      line: "3 of 40 checked  5 kB"),
    Case(
      testDescription: "everything", state: waiting, width: 200,
      line:
        "3 of 40 checked  4.2 MB  1.1 MB/s  waiting for https://cdn.example.net/shots/lake/opening-scene.mp4?…, 12 s"
    ),
    Case(
      testDescription: "shortened from the middle", state: waiting,
      line: "3 of 40 checked  4.2 MB  1.1 MB/s  waiting for https://cdn.…scene.mp4?…, 12 s"),
    Case(
      testDescription: "no room for a name", state: waiting, width: 60,
      line: "3 of 40 checked  4.2 MB  1.1 MB/s"),
    Case(testDescription: "no room for a rate", state: waiting, width: 30, line: "3 of 40 checked  4.2 MB"),
    Case(testDescription: "no room for bytes", state: waiting, width: 20, line: "3 of 40 checked"),
    Case(testDescription: "hardly any room", state: waiting, width: 5, line: "3 of"),
    Case(testDescription: "one column", state: waiting, width: 1, line: ""),
    Case(testDescription: "no terminal is so narrow", state: waiting, width: -3, line: ""),
    Case(
      testDescription: "colours take no room", state: waiting, width: 40, color: true,
      line: "3 of 40 checked  \u{1B}[2m4.2 MB\u{1B}[0m  \u{1B}[2m1.1 MB/s\u{1B}[0m"),
    Case(
      testDescription: "wide characters",
      state: state { $0.slow = .init(name: "画像画像画像画像/湖.png", seconds: 4) },
      width: 50, line: "3 of 40 checked  waiting for 画像画…/湖.png, 4 s"),
    Case(
      testDescription: "characters are not cut",
      state: state { $0.slow = .init(name: "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦.png", seconds: 4) }, width: 60,
      line: "3 of 40 checked  waiting for 👨‍👩‍👧‍👦….png, 4 s"),
    Case(
      testDescription: "what would move the cursor",
      state: state { $0.slow = .init(name: "a\u{1B}[2Jb\n\r\u{202E}c", seconds: 4) },
      line: "3 of 40 checked  waiting for a\\u{1B}[2Jb\\u{A}\\u{D}\\u{202E}c, 4 s"),
  ])
  func rendersWhatThereIsRoomFor(_ expected: Case) {
    let line = ProgressLine.render(expected.state, width: expected.width, color: expected.color)
    #expect(line == expected.line)
  }

  @Test(arguments: [
    waiting, state { $0.slow = .init(name: "画" + String(repeating: "e\u{301}湖", count: 200), seconds: .max) },
  ])
  func neverReachesTheLastColumn(_ state: ProgressState) {
    for width in 1..<300 {
      let line = ProgressLine.render(state, width: width, color: false)
      #expect(TerminalColumns.count(line) < width)
      #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      let painted = ProgressLine.render(state, width: width, color: true)
      #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == line)
    }
  }

  @Test func theMeterTellsTheRateOfLateAndTheOldestFetch() {
    let start = ContinuousClock.now
    let times = MutableClock(start)
    let monitor = FetchMonitor { times.now }
    var meter = ProgressMeter()
    let first = monitor.begin(location: AssetLocation("https://h.net/1?secret"))
    let second = monitor.begin(location: AssetLocation("https://h.net/2"))
    #expect(meter.state(monitor.snapshot()) == ProgressState())
    for _ in 0..<20 {
      times.now += .milliseconds(200)
      monitor.received(second, bytes: 1000)
    }
    let early = meter.state(monitor.snapshot())
    #expect(early.rate == 5000)
    #expect(early.bytes == 20_000)
    #expect(early.slow == .init(name: "https://h.net/1?…", seconds: 4))
    monitor.end(first)
    times.now += .seconds(4)
    let later = meter.state(monitor.snapshot())
    #expect(later.rate == 0, "only recent bytes count")
    #expect(later.slow?.name == "https://h.net/2")
    monitor.end(second)
    let over = meter.state(monitor.snapshot())
    #expect(over.rate == nil)
    #expect(over.slow == nil)
  }

  @Test func theTimeLeftFollowsFromTheInputsWhereTheirNumberIsKnown() {
    let start = ContinuousClock.now
    let times = MutableClock(start)
    let monitor = FetchMonitor { times.now }
    var meter = ProgressMeter()
    (meter.done, meter.known) = (0, 40)
    #expect(meter.state(monitor.snapshot()).left == nil)
    times.now += .seconds(10)
    meter.done = 10
    #expect(meter.state(monitor.snapshot()).left == nil, "more may come")
    meter.isComplete = true
    #expect(meter.state(monitor.snapshot()).left == 30)
    meter.done = 40
    #expect(meter.state(monitor.snapshot()).left == nil)
    (meter.done, meter.known) = (1, .max)
    #expect(meter.state(monitor.snapshot()).left == nil, "the number of inputs has no end")
  }

  @Test func theTimeLeftFollowsFromTheBytesWhereNothingElseIsToBeDone() {
    let start = ContinuousClock.now
    let times = MutableClock(start)
    let monitor = FetchMonitor { times.now }
    var meter = ProgressMeter()
    (meter.done, meter.known, meter.isComplete) = (0, 1, true)
    let fetch = monitor.begin(location: AssetLocation("https://h.net/1"))
    #expect(meter.state(monitor.snapshot()).left == nil)
    times.now += .seconds(2)
    monitor.received(fetch, bytes: 2000)
    #expect(meter.state(monitor.snapshot()).left == nil, "no length is stated")
    monitor.stated(fetch, length: 10_000)
    #expect(meter.state(monitor.snapshot()).left == 8)
    monitor.stated(fetch, length: 1)
    #expect(meter.state(monitor.snapshot()).left == 0)
    monitor.stated(fetch, length: .max)
    #expect(meter.state(monitor.snapshot()).left == nil)
  }
}

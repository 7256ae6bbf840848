import AssetSource
import Locations
import Synchronization
import Testing

@Suite struct FetchMonitorTests {
  /// A clock that goes on only when it is told to.
  private final class Clock: Sendable {
    private let instant = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
  }

  private let clock = Clock()
  private let monitor: FetchMonitor

  init() {
    monitor = FetchMonitor { [clock] in clock.now }
  }

  @Test func knowsNothingAtFirst() {
    let look = monitor.snapshot()
    #expect(look.active.isEmpty)
    #expect(look.begun == 0)
    #expect(look.bytes == 0)
    #expect(look.taken == clock.now)
  }

  @Test func tellsFetchesApart() {
    let start = clock.now
    let first = monitor.begin(location: AssetLocation("https://h.net/1"))
    clock.advance(by: .seconds(2))
    let second = monitor.begin(location: AssetLocation("https://h.net/2"))
    monitor.received(second, bytes: 5)
    monitor.received(first, bytes: 7)
    monitor.received(first, bytes: 1)
    monitor.stated(second, length: 100)
    clock.advance(by: .seconds(1))
    let look = monitor.snapshot()
    #expect(look.taken == start + .seconds(3))
    #expect(look.begun == 2)
    #expect(look.bytes == 13)
    #expect(look.active.map(\.location.text) == ["https://h.net/1", "https://h.net/2"], "the oldest first")
    #expect(look.active.map(\.since) == [start, start + .seconds(2)])
    #expect(look.active.map(\.bytes) == [8, 5])
    #expect(look.active.map(\.length) == [nil, 100])
  }

  @Test func forgetsWhatEndedButNotItsBytes() {
    let token = monitor.begin(location: AssetLocation("https://h.net/1"))
    monitor.received(token, bytes: 5)
    monitor.end(token)
    monitor.end(token)
    monitor.stated(token, length: 9)
    #expect(monitor.snapshot().active.isEmpty)
    #expect(monitor.snapshot().bytes == 5)
    #expect(monitor.snapshot().begun == 1)
  }

  @Test func countsUpToTheLargestNumberAndNeverDown() {
    let token = monitor.begin(location: AssetLocation("https://h.net/1"))
    monitor.received(token, bytes: .max)
    monitor.received(token, bytes: 1)
    monitor.received(token, bytes: .min)
    monitor.received(token, bytes: 0)
    #expect(monitor.snapshot().bytes == .max)
    #expect(monitor.snapshot().active.first?.bytes == .max)
  }

  @Test func anyThreadMayReport() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { [monitor] in
          let token = monitor.begin(location: AssetLocation("https://h.net/1"))
          for _ in 0..<1000 {
            monitor.received(token, bytes: 2)
            _ = monitor.snapshot().active.count
          }
          monitor.end(token)
        }
      }
    }
    #expect(monitor.snapshot().bytes == 16_000)
    #expect(monitor.snapshot().begun == 8)
    #expect(monitor.snapshot().active.isEmpty)
  }
}

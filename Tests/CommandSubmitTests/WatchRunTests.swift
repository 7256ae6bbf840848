import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import ServerKit
import Synchronization
import SystemPackage
import Testing
import WanSubmit
import WanSubmitReport

@testable import wan_check

/// Tasks that are followed at the same time, downloaded and measured.
@Suite struct WatchRunTests {
  /// The answers for each task: every question gets the next status, and the last one repeats.
  private final class Provider: TaskLookup {
    private let answers: [String: [WanTask]]
    private let asked = Mutex<[String: Int]>([:])

    init(_ answers: [String: [WanTask]]) { self.answers = answers }

    func task(id: String) async throws(ClientError) -> WanTask {
      let count = asked.withLock { asked in
        asked[id, default: 0] += 1
        return asked[id, default: 1]
      }
      guard let tasks = answers[id], !tasks.isEmpty else {
        throw ClientError(
          .refused, message: "no such task", error: ProviderError(status: 401, message: "no such task"))
      }
      return tasks[min(count, tasks.count) - 1]
    }
  }

  private static func task(_ id: String, _ status: TaskStatus, _ generated: [String] = []) -> WanTask {
    WanTask(id: id, status: status, generated: generated)
  }

  /// A clock that advances only by waiting.
  private static func pacing() -> Pacing {
    let clock = Clock()
    return Pacing {
      clock.now
    } sleep: { pause in
      try Task.checkCancellation()
      clock.advance(pause)
      await Task.yield()
    } jitter: {
      1
    }
  }

  private final class Clock: Sendable {
    private let time = Mutex(Duration.zero)
    var now: Duration { time.withLock { $0 } }
    func advance(_ pause: Duration) { time.withLock { $0 += pause } }
  }

  /// Follows `tasks` and returns the status and all output.
  private func watch(
    _ tasks: [String], _ provider: Provider, _ downloader: ResultDownloader? = nil,
    format: ListFormat = .jsonl,
    patience: Duration = .seconds(60), pacing: Pacing = pacing()
  ) async throws -> (status: wan_check.ExitStatus, output: String) {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("", to: "out")
    let descriptor = try FileDescriptor.open(FilePath(file.path), .writeOnly)
    defer { try? descriptor.close() }
    let follower = TaskFollower(
      lookup: provider, downloader: downloader, probe: ResultProbe(.inProcess), continuation: Continuation(),
      pacing: pacing)
    var run = WatchRun(
      follower, reporter: TaskReporter(format, version: ToolVersion.current),
      output: StandardStream(descriptor: descriptor),
      origin: { TaskOrigin(jobID: "job-\($0)") })
    let status = await run.watch(tasks, patience: patience)
    return (status, try String(contentsOf: file, encoding: .utf8))
  }

  private func ids(_ output: String) -> [String] {
    output.matches(of: #/"task_id":"([^"]*)"/#).map { String($0.1) }
  }

  @Test func manyTasksAreReportedInTheirOrder() async throws {
    let names = (0..<60).map { "task-\($0)" }
    let answers = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { index, name in
        let waits = Array(repeating: Self.task(name, .inProgress), count: (index * 7) % 5)
        return (name, waits + [Self.task(name, .completed, ["https://cdn.example.net/\(index).mp4"])])
      })
    let (status, output) = try await watch(names, Provider(answers), patience: .seconds(100_000))
    #expect(status == .valid)
    #expect(ids(output) == names)
    #expect(
      output.hasSuffix(
        #""completed":60,"failed":0,"files":0,"pending":0,"refused":0,"tasks":60,"unreachable":0}}"# + "\n"))
  }

  @Test func everyEndIsToldAndTheFirstStatusCounts() async throws {
    let provider = Provider([
      "a": [Self.task("a", .created)], "b": [Self.task("b", .failed)],
      "c": [Self.task("c", .completed, ["https://cdn.example.net/c.mp4"])],
    ])
    let (status, output) = try await watch(["a", "b", "c", "d"], provider, format: .text)
    #expect(status == .refused)
    #expect(
      output == """
        pending       a id job-a  CREATED, not ended yet
                      go on: wan-check watch a
        failed        b id job-b
        completed     c id job-c  https://cdn.example.net/c.mp4
        refused       d id job-d  no such task

        4 tasks: 1 completed, 1 failed, 1 refused, 1 pending

        """)
    #expect(try await watch(["a", "c"], provider).status == .unfinished)
  }

  @Test func resultsAreFetchedAndMeasured() async throws {
    let movie = try Data(contentsOf: Fixture(Self.movie).url)
    let routes: [String: Route] = [
      "/a": [.ranged(Content(movie, type: "video/mp4"))],
      "/b": [.whole(Content("no video at all".utf8, type: "video/mp4"))], "/c": [.status(403)],
    ]
    try await withServer(routes) { server in
      let provider = Provider(
        Dictionary(
          uniqueKeysWithValues: ["a", "b", "c"].map {
            ($0, [Self.task($0, .inProgress), Self.task($0, .completed, [server.url("/\($0)?sig=secret")])])
          }))
      var options = HTTPOptions()
      options.policy = AddressPolicy(allowsPrivateHosts: true)
      let opener = HTTPAssetOpener(options)
      let folder = try TemporaryFolder()
      let downloader = ResultDownloader(into: FilePath(folder.url.path), opener: opener)
      let (status, output) = try await watch(["a", "b", "c"], provider, downloader, patience: .seconds(1000))
      await opener.shutdown()
      #expect(status == .unfinished)
      #expect(!output.contains("secret"))
      #expect(try Data(contentsOf: folder.url.appending(path: "job-a.mp4")) == movie)
      let lines = output.split(separator: "\n")
      #expect(lines.first?.contains(#""codec":"h264""#) == true)
      #expect(lines.dropFirst().first?.contains("expected a video") == true)
      #expect(lines.dropFirst(2).first?.contains(#""error":"refused""#) == true)
      #expect(lines.dropFirst(2).first?.contains(#""continue":"wan-check watch c""#) == true)
    }
  }

  @Test func cancellingInterrupts() async throws {
    let asked = AsyncStream<Void>.makeStream()
    let pacing = Pacing {
      .zero
    } sleep: { _ in
      asked.continuation.yield()
      try await Task.sleep(for: .seconds(3600))
    } jitter: {
      0
    }
    let provider = Provider(["a": [Self.task("a", .created)]])
    let run = Task { try await watch(["a"], provider, pacing: pacing) }
    for await _ in asked.stream { break }
    run.cancel()
    #expect(try await run.value.status == .interrupted)
  }

  @Test func whatCannotBeExaminedIsSaidSo() async throws {
    let probe = ResultProbe(.inProcess)
    #expect(
      await probe.look(at: "/no/such/file.mp4").remark
        == "the file could not be examined: there is no such file")
    let picture = FilePath(Fixture("accept/image/png-rgb-8.png").url.path)
    #expect(await probe.look(at: picture).remark == "expected a video, found PNG")
    let movie = await probe.look(at: FilePath(Fixture(Self.movie).url.path))
    #expect(movie.remark == nil)
    #expect(movie.facts?.video?.duration.counted != nil)
  }

  private static let movie = "accept/video/h264-baseline.mp4"
}

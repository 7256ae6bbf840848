import Foundation
import JobDocuments
import MediaFacts
import SystemPackage
import Testing
import WanSubmit
import WanSubmitReport

@testable import wan_check

/// A report, the text of it, and the exit code.
struct ReportCase: Sendable, CustomTestStringConvertible {
  var name: String
  var report: TaskReport
  var lines: [String]
  var status: wan_check.ExitStatus
  var showsURLs = false

  var testDescription: String { name }
}

@Suite struct TaskReportTests {
  private static let url = "https://cdn.example.net/1.mp4?sig=secret"

  private static func task(_ status: TaskStatus, _ generated: [String] = [], reason: String? = nil) -> WanTask
  {
    WanTask(
      id: "task-1", status: status, generated: generated,
      otherFields: reason.map { ["error": .string($0)] } ?? [:])
  }

  private static let movie: MediaFacts = {
    var video = VideoFacts()
    video.codec = "h264"
    video.videoTracks = 1
    (video.width, video.height) = (1920, 1080)
    video.duration.counted = Rational(5)
    var facts = MediaFacts(format: .mp4)
    facts.video = video
    return facts
  }()

  private static func file(_ name: String, alreadyThere: Bool = false) -> DownloadedResult {
    DownloadedResult(
      path: FilePath("out/\(name)"), bytes: 3_100_000, sha256: "ab", alreadyThere: alreadyThere)
  }

  private static let fetched = TaskReport(
    taskID: "task-1", job: TaskOrigin(jobID: "shot", duration: 5, resolution: "1080P"),
    ending: TaskEnding(last: task(.completed, [url])),
    files: [ResultReport(outcome: .success(file("shot.mp4")), facts: movie)])

  @Test(arguments: [
    ReportCase(
      name: "fetched", report: fetched,
      lines: [
        "completed     task-1 id shot  MP4 h264 1920x1080 5.0 s, 3.1 MB  -> out/shot.mp4   (ordered: 5 s, 1080P)"
      ], status: .valid),
    ReportCase(
      name: "not to be fetched",
      report: TaskReport(taskID: "task-1", ending: TaskEnding(last: task(.completed, [url]))),
      lines: ["completed     task-1  https://cdn.example.net/1.mp4?…"], status: .valid),
    ReportCase(
      name: "with queries",
      report: TaskReport(taskID: "task-1", ending: TaskEnding(last: task(.completed, [url]))),
      lines: ["completed     task-1  https://cdn.example.net/1.mp4?sig=secret"], status: .valid,
      showsURLs: true),
    ReportCase(
      name: "several results",
      report: TaskReport(
        taskID: "task-1", ending: TaskEnding(last: task(.completed, [url, url, url])),
        files: [
          ResultReport(outcome: .success(file("task-1-1.mp4", alreadyThere: true)), facts: movie),
          ResultReport(outcome: .failure(DownloadError(.refused, message: "the server answered 403"))),
          ResultReport(outcome: .success(file("task-1-3.mp4")), remark: "expected a video, found PNG"),
        ], continuation: "wan-check watch task-1"),
      lines: [
        "completed     task-1  3 results",
        "              MP4 h264 1920x1080 5.0 s, 3.1 MB  -> out/task-1-1.mp4 (already downloaded)",
        "              not fetched: the server answered 403",
        "              3.1 MB  -> out/task-1-3.mp4  expected a video, found PNG",
        "              go on: wan-check watch task-1",
      ], status: .unfinished),
    ReportCase(
      name: "a result that cannot be fetched",
      report: TaskReport(
        taskID: "task-1", ending: TaskEnding(last: task(.completed, [url])),
        files: [ResultReport(outcome: .failure(DownloadError(.webPage, message: "a web page came")))]),
      lines: ["completed     task-1  not fetched: a web page came"], status: .refused),
    ReportCase(
      name: "failed",
      report: TaskReport(
        taskID: "task-1", ending: TaskEnding(last: task(.failed, reason: "bad\u{1B} image"))),
      lines: [#"failed        task-1  bad\u{1B} image"#], status: .refused),
    ReportCase(
      name: "failed without a word",
      report: TaskReport(taskID: "task-1", ending: TaskEnding(last: task(.failed))),
      lines: ["failed        task-1"], status: .refused),
    ReportCase(
      name: "completed with nothing",
      report: TaskReport(taskID: "task-1", ending: TaskEnding(last: task(.completed))),
      lines: ["failed        task-1  the provider reports that the task is done, but there are no results"],
      status: .refused),
    ReportCase(
      name: "pending",
      report: TaskReport(
        taskID: "task-1", ending: TaskEnding(last: task(.inProgress)),
        continuation: "wan-check watch task-1"),
      lines: [
        "pending       task-1  IN_PROGRESS, not ended yet", "              go on: wan-check watch task-1",
      ],
      status: .unfinished),
    ReportCase(
      name: "no such task",
      report: TaskReport(
        taskID: "task-1",
        ending: TaskEnding(last: nil, error: ClientError(.refused, message: "404: not found"))),
      lines: ["refused       task-1  404: not found"], status: .refused),
    ReportCase(
      name: "no answer",
      report: TaskReport(
        taskID: "task-1",
        ending: TaskEnding(last: nil, error: ClientError(.unreachable, message: "no connection"))),
      lines: ["unreachable   task-1  no connection"], status: .unfinished),
  ])
  func reports(_ example: ReportCase) {
    let text = TaskLines(color: false, showURLs: example.showsURLs).text(example.report)
    #expect(text == example.lines.map { $0 + "\n" }.joined())
    #expect(example.report.exitStatus == example.status)
    let colored = TaskLines(color: true, showURLs: example.showsURLs).text(example.report)
    #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == text)
  }

  @Test func jsonHasEveryKeyAndNoSecret() throws {
    var reporter = TaskReporter(.json, version: ToolVersion.current)
    var summary = TaskSummary()
    let reports = [
      Self.fetched, TaskReport(taskID: "task-2", ending: TaskEnding(last: Self.task(.failed, reason: "bad"))),
    ]
    var text = reporter.begin()
    for report in reports {
      summary.count(report)
      text += reporter.task(report)
    }
    text += reporter.end(summary)
    #expect(!text.contains("secret"))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(document["schema_version"] as? Int == 2)
    let tasks = try #require(document["tasks"] as? [[String: Any]])
    let keys = [
      "continue", "ending", "files", "generated", "id", "message", "ordered", "status", "task_id",
    ]
    #expect(tasks.map { $0.keys.sorted() } == [keys, keys])
    let files = try #require(tasks.first?["files"] as? [[String: Any]])
    #expect(
      files.first?.keys.sorted() == ["already_there", "bytes", "error", "facts", "message", "path", "sha256"])
    #expect(files.first?["path"] as? String == "out/shot.mp4")
    #expect((tasks.first?["ordered"] as? [String: Any])?["duration"] as? Int == 5)
    #expect(tasks.last?["message"] as? String == "bad")
    let counts = try #require(document["summary"] as? [String: Int])
    #expect(counts["tasks"] == 2)
    #expect(counts["failed"] == 1)
    #expect(counts["files"] == 1)
  }

  @Test func linesOfJsonAreWholeDocuments() throws {
    var reporter = TaskReporter(.jsonl, version: ToolVersion.current, showURLs: true)
    var summary = TaskSummary()
    summary.count(Self.fetched)
    let lines = (reporter.begin() + reporter.task(Self.fetched) + reporter.end(summary)).split(
      separator: "\n")
    #expect(lines.count == 2)
    let task = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(task["generated"] as? [String] == [Self.url])
    #expect(lines[1].hasPrefix(#"{"summary":{"#))
  }

  @Test func noTasksAreAnEmptyDocument() throws {
    let reporter = TaskReporter(.json, version: ToolVersion.current)
    let text = reporter.begin() + reporter.end(TaskSummary())
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect((document?["tasks"] as? [Any])?.isEmpty == true)
  }

  private static let statuses: [(Set<wan_check.ExitStatus>, wan_check.ExitStatus)] = [
    ([], .valid), ([.inconclusive, .unfinished], .unfinished), ([.unfinished, .invalid], .invalid),
    ([.invalid, .refused], .refused), ([.refused, .internalError], .internalError),
    ([.internalError, .unknownOutcome], .unknownOutcome), ([.unknownOutcome, .usage], .usage),
    ([.usage, .interrupted], .interrupted),
  ]

  @Test(arguments: statuses)
  func theFirstOfSeveralStatusesIsTold(_ held: Set<wan_check.ExitStatus>, _ told: wan_check.ExitStatus) {
    #expect(wan_check.ExitStatus.first(of: held) == told)
  }
}

import AssetOpening
import AssetSource
import Locations
import SystemPackage
import WanCheck
import WanReport
import WanSubmit

/// The report of a task in JSON. Every key is always present.
package struct JSONTaskReport: Encodable {
  var report: TaskReport
  var showURLs: Bool

  /// A report, with or without the queries of URLs.
  package init(report: TaskReport, showURLs: Bool) {
    self.report = report
    self.showURLs = showURLs
  }

  private enum Key: String, CodingKey {
    case id, status, ending, generated, files, ordered, message
    case taskID = "task_id"
    case continuation = "continue"
  }

  /// Encodes every key.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(report.taskID, forKey: .taskID)
    try values.encode(report.job.jobID, forKey: .id)
    try values.encode(report.ending.task?.status.rawValue, forKey: .status)
    try values.encode(report.ending.kind.rawValue, forKey: .ending)
    try values.encode(report.generated(showURLs: showURLs), forKey: .generated)
    try values.encode(report.files.map(JSONFile.init), forKey: .files)
    try values.encode(JSONOrder(report.job), forKey: .ordered)
    try values.encode(report.ending.message, forKey: .message)
    try values.encode(report.continuation, forKey: .continuation)
  }
}

/// The requested duration and resolution; null if neither is known.
private struct JSONOrder: Encodable {
  var duration: Int?
  var resolution: String?

  init?(_ job: TaskOrigin) {
    guard job.duration != nil || job.resolution != nil else { return nil }
    duration = job.duration
    resolution = job.resolution
  }

  private enum Key: String, CodingKey {
    case duration, resolution
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(duration, forKey: .duration)
    try values.encode(resolution, forKey: .resolution)
  }
}

/// One result: a file, or the reason why there is none.
private struct JSONFile: Encodable {
  var result: ResultReport

  init(_ result: ResultReport) { self.result = result }

  private enum Key: String, CodingKey {
    case path, bytes, sha256, facts, error, message
    case alreadyThere = "already_there"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    let file = result.file
    try values.encode(file?.path.string, forKey: .path)
    try values.encode(file?.bytes, forKey: .bytes)
    try values.encode(file?.sha256, forKey: .sha256)
    try values.encode(file?.alreadyThere, forKey: .alreadyThere)
    try values.encode(
      result.facts.map {
        JSONFacts(facts: $0, size: file.map { .exactly($0.bytes) }, sha256: file?.sha256)
      }, forKey: .facts)
    try values.encode(result.failure?.code.rawValue, forKey: .error)
    try values.encode(result.failure?.message ?? result.remark, forKey: .message)
  }
}

import AssetOpening
import AssetSource
import Foundation
import Locations
import WanReport
package import WanSubmit

/// The diagnosis of a webhook, for people and scripts.
package struct WebhookListing {
  private let diagnosis: WebhookDiagnosis
  private let showURLs: Bool
  private let task: WanTask?
  private let hint: String?

  /// A listing. Queries of URLs are shown only with `showURLs`.
  package init(_ diagnosis: WebhookDiagnosis, showURLs: Bool) {
    self.diagnosis = diagnosis
    self.showURLs = showURLs
    guard let delivery = diagnosis.verdict.delivery else {
      task = nil
      hint = diagnosis.hint
      return
    }
    do throws(WebhookProblem) {
      task = try delivery.task()
      hint = nil
    } catch {
      task = nil
      hint = error.message
    }
  }

  /// Several lines of text. The webhook's age is relative to `now`, in seconds since 1970.
  package func text(now: Double) -> String {
    var lines: [String] = []
    switch diagnosis.verdict {
    case .genuine: lines.append("genuine")
    case .refused(let problem): lines.append("not genuine: \(problem.message) [\(problem.code.rawValue)]")
    }
    func line(_ name: String, _ value: String?) {
      guard let value else { return }
      lines.append("  " + name.padding(toLength: 9, withPad: " ", startingAt: 0) + value)
    }
    line("hint", hint)
    line("id", diagnosis.id.map { displayText($0) })
    line("time", diagnosis.timestamp.map { Self.time($0, now: now) })
    line("task", task.map { displayText($0.id) })
    line("status", task.map { displayText($0.status.rawValue) })
    line("results", task.map { "\($0.generated.count)" })
    for url in task?.generated ?? [] { lines.append("    \(displayText(shown(url)))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One JSON object. Every key is always present.
  package func json() -> String {
    let task = task.map { task in
      JSONWebhookTask(
        taskID: task.id, status: task.status.rawValue, generated: task.generated.map { shown($0) })
    }
    return JSONDocument.text(JSONWebhook(diagnosis: diagnosis, hint: hint, task: task), pretty: true) + "\n"
  }

  private static func time(_ timestamp: Int64, now: Double) -> String {
    let age = now - Double(timestamp)
    let distance = age < 0 ? "\(ElapsedTime.words(-age)) ahead" : "\(ElapsedTime.words(age)) ago"
    // After the year 9999, a date is not readable.
    guard timestamp < 253_402_300_800 else { return "\(timestamp), \(distance)" }
    return "\(timestamp), \(Date(timeIntervalSince1970: Double(timestamp)).formatted(.iso8601)), \(distance)"
  }

  private func shown(_ url: String) -> String { showURLs ? url : Redactor.shown(url: url) }
}

private struct JSONWebhook: Encodable {
  var diagnosis: WebhookDiagnosis
  var hint: String?
  var task: JSONWebhookTask?

  private enum Key: String, CodingKey { case genuine, reason, hint, id, timestamp, task }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(diagnosis.verdict.delivery != nil, forKey: .genuine)
    let reason = diagnosis.verdict.problem.map { ["code": $0.code.rawValue, "message": $0.message] }
    try values.encode(reason, forKey: .reason)
    try values.encode(hint, forKey: .hint)
    try values.encode(diagnosis.id, forKey: .id)
    try values.encode(diagnosis.timestamp, forKey: .timestamp)
    try values.encode(task, forKey: .task)
  }
}

private struct JSONWebhookTask: Encodable {
  var taskID: String
  var status: String
  var generated: [String]

  private enum CodingKeys: String, CodingKey {
    case status, generated
    case taskID = "task_id"
  }
}

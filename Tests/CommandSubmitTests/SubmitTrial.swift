import FixtureKit
import Foundation
import ProviderKit

/// A setup to run `wan-check submit` in: a simulated provider, an image that it serves, a ledger and job files.
final class SubmitTrial: Sendable {
  let provider: ProviderSimulator
  let folder: TemporaryFolder

  /// The image that the jobs reference.
  static let image = "/media/start.png"

  private init(_ provider: ProviderSimulator, _ folder: TemporaryFolder) {
    self.provider = provider
    self.folder = folder
  }

  /// Runs `body` with a setup of its own.
  static func with<Value>(
    _ options: ProviderSimulator.Options = .init(), isolation: isolated (any Actor)? = #isolation,
    _ body: (SubmitTrial) async throws -> sending Value
  ) async throws -> sending Value {
    try await withProvider(options) { provider in
      let image = try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url)
      provider[media: Self.image] = MediaFile(image, type: "image/png")
      return try await body(SubmitTrial(provider, try TemporaryFolder()))
    }
  }

  var ledger: String { folder.url.appending(path: "ledger.sqlite3").path }

  /// A job body that references the image; `further` members begin with a comma.
  func body(_ further: String = "") -> String {
    #"{"start_image_url": "\#(provider.url(Self.image))"\#(further)}"#
  }

  /// A JSON Lines entry for a job with that id; the seed makes it different from other jobs.
  func job(_ id: String, _ seed: Int) -> String {
    #"{"id": "\#(id)", "job": \#(body(#", "seed": \#(seed)"#))}"#
  }

  /// JSON Lines with `count` jobs, each with its own id.
  func lines(_ count: Int) -> String {
    (0..<count).map { job("job-\($0)", $0) }.joined(separator: "\n")
  }

  /// Writes a job file.
  func write(_ text: String, to name: String = "jobs.jsonl") throws -> String {
    try folder.write(text, to: name).path
  }

  var options: [String] {
    ["--api-base", provider.baseURL, "--ledger", ledger, "--allow-private-hosts"]
  }

  var environment: [String: String] {
    ["FREEPIK_API_KEY": "test-key", "no_proxy": "*", "HOME": folder.url.path, "XDG_STATE_HOME": ""]
  }

  /// Starts `wan-check submit`.
  func start(
    _ inputs: [String], _ options: [String] = [], input: String = "", environment: [String: String] = [:]
  ) throws -> RunningProgram {
    try RunningProgram.start(
      .wanCheck, ["submit"] + self.options + options + ["--"] + inputs, input: Data(input.utf8),
      environment: self.environment.merging(environment) { $1 }, in: folder.url)
  }

  /// Runs `wan-check submit` until it ends, with a report in JSON.
  func submit(
    _ inputs: [String], _ options: [String] = [], input: String = "", environment: [String: String] = [:]
  ) async throws -> SubmitOutcome {
    let running = try start(inputs, ["--format", "json"] + options, input: input, environment: environment)
    return try SubmitOutcome(try await running.outcome())
  }

  /// Runs another command of wan-check, such as `ledger list`.
  func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Program.Outcome {
    try await RunningProgram.start(
      .wanCheck, arguments, environment: self.environment.merging(environment) { $1 }, in: folder.url
    ).outcome()
  }

  /// The rows of the ledger, as `ledger export` prints them.
  func exported() async throws -> [LedgerLine] {
    let outcome = try await run(["ledger", "export", "--ledger", ledger])
    return try outcome.text.split(separator: "\n").map {
      try JSONDecoder().decode(LedgerLine.self, from: Data($0.utf8))
    }
  }
}

/// The part of an exported ledger row that tests need.
struct LedgerLine: Decodable, Hashable {
  var row: Int
  var state: String
  var jobID: String?
  var taskID: String?
  var fingerprint: String

  private enum CodingKeys: String, CodingKey {
    case row, state, fingerprint
    case jobID = "job_id"
    case taskID = "task_id"
  }
}

/// The outcome of a run of `submit`.
struct SubmitOutcome: Sendable {
  var status: Int32
  var text: String
  var errors: String
  var results: [Result]

  struct Result: Decodable, Sendable {
    var id: String?
    var verdict: String
    var submittable: Bool
    var submission: Submission
    var findings: [Finding]

    struct Finding: Decodable, Sendable { var rule: String }
  }

  struct Submission: Decodable, Sendable {
    var state: String
    var taskID: String?
    var fingerprint: String?
    var message: String?
    var error: ProviderError?
    var request: Request?
    var task: ReportValue?

    private enum CodingKeys: String, CodingKey {
      case state, fingerprint, message, error, request, task
      case taskID = "task_id"
    }
  }

  struct ProviderError: Decodable, Sendable {
    var status: Int
    var message: String
    var parameters: [Parameter]

    private enum CodingKeys: String, CodingKey {
      case status, message
      case parameters = "invalid_params"
    }
  }

  struct Parameter: Decodable, Sendable {
    var name: String
    var reason: String
    var pointer: String?
    var line: Int?
    var column: Int?
  }

  struct Request: Decodable, Sendable {
    var method: String
    var url: String
    var headers: [String: String]
    var body: String
  }

  private struct Report: Decodable { var results: [Result] }

  init(_ outcome: Program.Outcome) throws {
    status = outcome.status
    text = outcome.text
    errors = outcome.errors
    // A usage error has no report.
    results = outcome.text.isEmpty ? [] : try JSONDecoder().decode(Report.self, from: outcome.output).results
  }

  var states: [String] { results.map(\.submission.state) }
}

import FixtureKit
import Foundation

/// One complete run of wan-check against servers on loopback.
struct RemoteRun {
  /// The exit code and all output.
  let outcome: Program.Outcome
  /// The JSON report.
  let report: ReportModel

  /// Runs wan-check with `--format json`; private hosts are allowed.
  ///
  /// A run that does not end is killed after a minute; then there is no report.
  init(
    _ inputs: [String], _ options: [String] = [], jobs: String? = nil, environment: [String: String] = [:]
  ) async throws {
    let input = jobs.map { Data($0.utf8) } ?? Data()
    outcome = try await Self.start(
      inputs, ["--format", "json"] + options, input: input, environment: environment
    )
    .outcome()
    do {
      report = try JSONDecoder().decode(ReportModel.self, from: outcome.output)
    } catch {
      throw NoReport(status: outcome.status, errors: outcome.errors, cause: "\(error)")
    }
  }

  /// The run printed no report.
  struct NoReport: Error {
    var status: Int32
    var errors: String
    var cause: String
  }

  /// Starts wan-check with private hosts allowed, and without a proxy from the environment.
  static func start(
    _ inputs: [String], _ options: [String] = [], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> RunningProgram {
    try RunningProgram.start(
      .wanCheck, ["--allow-private-hosts"] + options + ["--"] + inputs, input: input,
      environment: ["no_proxy": "*"].merging(environment) { $1 }, in: Fixture.root)
  }

  /// The result of the asset whose URL ends in `target`; `nil` if it is not in the report.
  subscript(target: String) -> ReportModel.Result? {
    report.results.first { $0.input.hasSuffix(target) }
  }

  /// The description in a failure message.
  var printed: String { outcome.text + outcome.errors }
}

import FixtureKit
import Foundation

/// One run of wan-check against servers on loopback, to its end.
struct RemoteRun {
  /// How it ended, and all that it printed.
  let outcome: Program.Outcome
  /// Its report.
  let report: ReportModel

  /// Runs it with `--format json`; private hosts are allowed.
  ///
  /// A run that does not end is killed after a minute, and then there is no report.
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

  /// It printed no report.
  struct NoReport: Error {
    var status: Int32
    var errors: String
    var cause: String
  }

  /// Starts it with private hosts allowed, and without a proxy that the tester's environment may name.
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

  /// For the message of a failed test.
  var printed: String { outcome.text + outcome.errors }
}

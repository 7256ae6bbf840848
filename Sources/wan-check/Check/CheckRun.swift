/// Checks inputs side by side and reports them in their order.
struct CheckRun {
  private let pipeline: CheckPipeline
  private var writer: ReportWriter

  init(_ pipeline: CheckPipeline, _ writer: ReportWriter) {
    self.pipeline = pipeline
    self.writer = writer
  }

  /// Checks every item of `inputs`, and says how the process should end.
  mutating func check(_ inputs: InputReader) async throws -> ExitStatus {
    let pipeline = pipeline
    return try await writer.status { writer in
      try writer.begin()
      try await pipeline.check(inputs) { outcome in
        if case .misuse(let message) = outcome { writer.complain(message, .usage) }
        if let result = outcome.result { try writer.report(result) }
      }
      if writer.isEmpty { writer.complain("no media and no jobs found", .usage) }
      try writer.end()
    }
  }
}

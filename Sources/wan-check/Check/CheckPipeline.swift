import WanCheck

/// Checks inputs concurrently and reports them in order. Memory use does not grow with their number.
struct CheckPipeline {
  /// The outcome of an item.
  enum Outcome: Sendable {
    case job(JobOutcome)
    case asset(CheckResult)
    /// An argument that is not a valid input; the other inputs are still checked.
    case misuse(String)

    /// The result of the check, if there is one.
    var result: CheckResult? {
      switch self {
      case .job(let outcome): outcome.result
      case .asset(let result): result
      case .misuse: nil
      }
    }
  }

  let preflight: Preflight
  let concurrency: Int
  let progress: ProgressDisplay?

  private enum Event: Sendable {
    case input((index: Int?, item: InputItem)?)
    case checked(Int, Outcome)
  }

  /// Checks every item of `inputs`, and calls `report` with each outcome in order;
  /// misuse is reported at once.
  func check(
    _ inputs: InputReader, isolation: isolated (any Actor)? = #isolation, report: (Outcome) throws -> Void
  ) async throws {
    let preflight = preflight
    progress?.begin()
    defer { progress?.end() }
    // A slow item delays the reports of later ones; the number of waiting reports is bounded.
    let window = concurrency * 4
    try await withThrowingTaskGroup(of: Event.self) { group in
      var started = 0
      var reported = 0
      var running = 0
      var isReading = false
      var isExhausted = false
      var waiting: [Int: Outcome] = [:]
      while true {
        progress?.count(done: started - running, known: started, isComplete: isExhausted)
        if !isExhausted, !isReading, running < concurrency, started - reported < window {
          isReading = true
          group.addTask { .input(try await inputs.next()) }
        }
        guard isReading || running > 0, let event = try await group.next() else { break }
        switch event {
        case .input(nil):
          isReading = false
          isExhausted = true
        case .input((_, .misuse(let message))?):
          isReading = false
          try report(.misuse(message))
        case .input(let input?):
          isReading = false
          let place = started
          started += 1
          running += 1
          group.addTask {
            .checked(place, try await Self.check(input.item, index: input.index ?? 0, preflight))
          }
        case .checked(let place, let outcome):
          running -= 1
          waiting[place] = outcome
          while let outcome = waiting.removeValue(forKey: reported) {
            reported += 1
            try report(outcome)
          }
        }
      }
    }
  }

  /// The outcome of one item, whose result has the number of the input.
  private static func check(_ item: InputItem, index: Int, _ preflight: Preflight) async throws -> Outcome {
    switch item {
    case .job(let job):
      return .job(try await preflight.check(job).numbered(index))
    case .asset(let reference), .candidate(let reference):
      var result = try await preflight.check(reference)
      result.index = index
      return .asset(result)
    case .misuse(let message):
      return .misuse(message)
    }
  }
}

extension JobOutcome {
  /// The outcome with the number of its input in the result.
  fileprivate func numbered(_ index: Int) -> JobOutcome {
    switch self {
    case .submittable(let job, var result):
      result.index = index
      return .submittable(job, result)
    case .notSubmittable(var result):
      result.index = index
      return .notSubmittable(result)
    }
  }
}

extension CheckResult {
  /// Whether a file that was found in a folder belongs in the report: it is media by content or
  /// name, or could not be read.
  func isMedia(_ reference: AssetReference) -> Bool {
    guard let asset = assets.first else { return false }
    return asset.role != nil || reference.isNamedLikeMedia || (asset.facts == nil && asset.size == nil)
  }
}

/// Checks inputs and writes the reports.
struct CheckRun {
  private let pipeline: CheckPipeline
  private var writer: ReportWriter

  init(_ pipeline: CheckPipeline, _ writer: ReportWriter) {
    self.pipeline = pipeline
    self.writer = writer
  }

  /// Checks every item of `inputs`, and returns the exit status.
  mutating func check(_ inputs: InputReader) async throws -> ExitStatus {
    let pipeline = pipeline
    return try await writer.status { writer in
      try writer.begin()
      try await pipeline.check(inputs) { outcome in
        if case .misuse(let message) = outcome { writer.complain(message, .usage) }
        if let result = outcome.result { try writer.report(result) }
      }
      // A shard may have no input of its own.
      if writer.isEmpty, inputs.count == 0 { writer.complain("no media and no jobs found", .usage) }
      try writer.end()
    }
  }
}

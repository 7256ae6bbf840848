import WanCheck
import WanReport

/// Checks inputs side by side and reports them in their order, with memory that does not grow with their number.
struct CheckRun {
  private let preflight: Preflight
  private var reporter: any Reporter
  private let output: StandardStream
  private let concurrency: Int
  private let progress: ProgressDisplay?
  private var summary = Summary()
  private var statuses: Set<ExitStatus> = []

  init(
    preflight: Preflight, reporter: any Reporter, output: StandardStream, concurrency: Int,
    progress: ProgressDisplay? = nil
  ) {
    self.preflight = preflight
    self.reporter = reporter
    self.output = output
    self.concurrency = concurrency
    self.progress = progress
  }

  private enum Event: Sendable {
    case input(InputItem?)
    case checked(Int, CheckResult?)
  }

  /// Checks every item of `inputs`, and says how the process should end.
  mutating func check(_ inputs: InputReader) async throws -> ExitStatus {
    do {
      try output.write(reporter.begin())
      try await checkAll(inputs)
      try output.write(reporter.end(summary))
    } catch is CancellationError {
      return .interrupted
    } catch let failure as OutputFailure where failure.isClosedPipe {
      // What was not read needs no writing; the verdicts so far stand.
      return ExitStatus.first(of: statuses)
    } catch let failure as OutputFailure {
      statuses.insert(failure.exitStatus)
    }
    return ExitStatus.first(of: statuses)
  }

  private mutating func checkAll(_ inputs: InputReader) async throws {
    let preflight = preflight
    progress?.begin()
    defer { progress?.end() }
    // A slow item holds up those behind it only so far; what waits is bounded.
    let window = concurrency * 4
    try await withThrowingTaskGroup(of: Event.self) { group in
      var started = 0
      var reported = 0
      var running = 0
      var isReading = false
      var isExhausted = false
      var waiting: [Int: CheckResult?] = [:]
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
        case .input(.misuse(let message)?):
          isReading = false
          misused(message)
        case .input(let item?):
          isReading = false
          let index = started
          started += 1
          running += 1
          group.addTask { .checked(index, try await Self.check(item, preflight)) }
        case .checked(let index, let result):
          running -= 1
          waiting[index] = .some(result)
          while let result = waiting.removeValue(forKey: reported) {
            reported += 1
            if let result { try report(result) }
          }
        }
      }
    }
    if summary.inputs == 0, statuses.isEmpty {
      misused("no media and no jobs found")
    }
  }

  private mutating func misused(_ message: String) {
    statuses.insert(.usage)
    try? write("wan-check: \(message)\n", to: .error)
  }

  /// The judgement of one item; `nil` for a file of a folder that is no media.
  private static func check(_ item: InputItem, _ preflight: Preflight) async throws -> CheckResult? {
    switch item {
    case .job(let job):
      return try await preflight.check(job).result
    case .asset(let reference):
      return try await preflight.check(reference)
    case .candidate(let reference):
      let result = try await preflight.check(reference)
      return result.isMedia(reference) ? result : nil
    case .misuse:
      return nil
    }
  }

  private mutating func report(_ result: CheckResult) throws(OutputFailure) {
    summary.count(result)
    switch result.verdict {
    case .valid: break
    case .invalid: statuses.insert(.invalid)
    case .inconclusive: statuses.insert(.inconclusive)
    }
    try write(reporter.result(result), to: output)
  }

  /// Writes `text`; on a terminal the line of progress makes room for it.
  private func write(_ text: String, to stream: StandardStream) throws(OutputFailure) {
    guard let progress, !text.isEmpty, stream.isTerminal else { return try stream.write(text) }
    try progress.makingRoom { () throws(OutputFailure) in try stream.write(text) }
  }
}

extension CheckResult {
  /// Whether a file that was found in a folder belongs in the report: media by content or by name, or unread.
  fileprivate func isMedia(_ reference: AssetReference) -> Bool {
    guard let asset = assets.first else { return false }
    return asset.role != nil || reference.isNamedLikeMedia || (asset.facts == nil && asset.size == nil)
  }
}

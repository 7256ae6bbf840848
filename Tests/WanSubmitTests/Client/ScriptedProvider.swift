import JudgingKit
import Synchronization
import Testing
import WanCheck

@testable import WanSubmit

/// Answers requests from a script, and remembers them; there is no network.
final class ScriptedProvider: ProviderTransport {
  private let script: Mutex<[Exchange]>
  private let seen = Mutex<[ProviderRequest]>([])
  private let meanwhile: @Sendable (ProviderRequest) async -> Void

  /// A provider that gives these answers, one a request; after the last it accepts everything.
  init(
    _ script: [Exchange] = [], meanwhile: @escaping @Sendable (ProviderRequest) async -> Void = { _ in }
  ) {
    self.script = Mutex(script)
    self.meanwhile = meanwhile
  }

  var requests: [ProviderRequest] { seen.withLock { $0 } }

  func exchange(_ request: ProviderRequest) async -> Exchange {
    let number = seen.withLock { seen in
      seen.append(request)
      return seen.count
    }
    await meanwhile(request)
    return script.withLock { $0.isEmpty ? .accepting("task-\(number)") : $0.removeFirst() }
  }
}

extension Exchange {
  /// An answer with this body.
  static func answer(_ status: Int, _ body: String = "", _ fields: [(String, String)] = []) -> Exchange {
    var answer = ProviderAnswer(status: status, body: Array(body.utf8))
    answer.fields = fields.map { ($0.0, $0.1) }
    return .answered(answer)
  }

  /// The job is taken.
  static func accepting(_ task: String) -> Exchange {
    .answer(200, #"{"data": {"task_id": "\#(task)", "status": "CREATED", "generated": []}}"#)
  }
}

/// A clock that a test sets.
final class SettableClock: Sendable {
  private let time: Mutex<Double>

  init(_ time: Double) { self.time = Mutex(time) }

  var now: Double {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

/// Jobs that were proved valid, from assets in memory.
enum Proved {
  /// When they were checked.
  static let time = 1_795_392_000.0

  /// The job of this text, in the order of its lines.
  static func job(_ text: String, _ checking: Checking = Checking()) async throws -> ValidatedJob {
    let outcome = try await checking.outcome(text)
    guard case .submittable(let job, _) = outcome else { throw NotProved(rules: outcome.result.rules) }
    return job
  }

  /// A job of one image, told from others by its seed.
  static func job(seed: Int, id: String? = nil) async throws -> ValidatedJob {
    let body = #"{"start_image_url": "\#(Named.start)", "seed": \#(seed)}"#
    return try await job(id.map { #"{"id": "\#($0)", "job": \#(body)}"# } ?? body)
  }

  struct NotProved: Error { var rules: [String] }
}

extension WanClient {
  /// A client of a scripted provider, at the time of the checks.
  static func scripted(
    _ provider: ScriptedProvider, ledger: Ledger? = nil, recheck: (any JobRechecking)? = nil,
    now: @escaping @Sendable () -> Double = { Proved.time },
    _ change: (inout ProviderConfiguration) -> Void = { _ in }
  ) throws -> WanClient {
    var configuration = ProviderConfiguration(key: try #require(APIKey("FPSX-secret")))
    configuration.sendingLimit = .seconds(120)
    change(&configuration)
    return WanClient(
      configuration, ledger: try ledger ?? .inMemory(), recheck: recheck, transport: provider, now: now)
  }
}

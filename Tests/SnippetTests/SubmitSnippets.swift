import AssetOpening
import AssetSource
import Locations
import MediaFacts
import MediaProbe
import SystemPackage
import WanCheck
import WanReport
import WanSubmit
import WanSubmitReport

/// The code in the articles of WanSubmit and WanSubmitReport.
enum SubmitSnippets {
  static func client(_ text: String, ledger path: FilePath) throws -> (Preflight, WanClient)? {
    guard let key = APIKey(text) else { return nil }
    let preflight = Preflight(
      prober: .inProcess, configuration: .init(submitting: true), opener: HTTPAssetOpener())
    let client = WanClient(
      ProviderConfiguration(key: key), ledger: try Ledger(at: path), recheck: preflight)
    return (preflight, client)
  }

  static func send(_ job: Job, _ preflight: Preflight, _ client: WanClient) async throws -> String? {
    guard case .submittable(let validated, _) = try await preflight.check(job) else { return nil }

    let submission = await client.send(validated)
    switch submission.state {
    case .submitted, .alreadySubmitted: print("task", submission.taskID ?? "")
    case .refused: print("fix it:", submission.message ?? "")
    case .unknown: print("a person decides, row", submission.ledgerRow ?? 0)
    default: print("run it again:", submission.message ?? "")
    }
    return submission.taskID
  }

  static func report(_ job: ValidatedJob, _ result: CheckResult, _ client: WanClient) async -> String {
    var reporter = JSONReporter(ReportContext(version: "1.0", depth: .full, limits: .documented))
    var summary = Summary()
    var text = reporter.begin()
    let submission = SubmissionReport(await client.send(job))
    summary.count(result, submission)
    text += reporter.result(result, submission)
    return text + reporter.end(summary)
  }

  static func sendMany(_ validated: [ValidatedJob], _ client: WanClient) async {
    await SubmissionBatch(client, most: 100).send(validated) { index, submission in
      print(index, submission.state)
    }
  }

  static func follow(_ id: String, _ client: WanClient, into folder: FilePath) async throws {
    let opener = HTTPAssetOpener()
    let downloader = ResultDownloader(into: folder, opener: opener)
    try await downloader.prepare()

    let ending = await client.wait(for: id).ending { task in print(task.status) }
    if ending.kind == .completed, let task = ending.task {
      for result in await downloader.results(of: task) {
        switch result {
        case .success(let file): print(file.path, file.bytes, file.sha256)
        case .failure(let error): print(error)
        }
      }
    } else if ending.kind.isOpen {
      print("not finished: follow it again later")
    } else {
      print("failed:", ending.message ?? "")
    }
    await opener.shutdown()
  }

  static func verify(
    _ headers: [(name: String, value: String)], _ body: [UInt8], _ secret: WebhookSecret, now: Double
  ) throws {
    let verifier = WebhookVerifier(secrets: [secret])
    switch verifier.verify(headers, body: body, now: now) {
    case .genuine(let delivery): print(try delivery.task().status)
    case .refused(let problem): print(problem.code, problem.message)
    }
  }

  static func resolve(_ client: WanClient, now: Double, taskFound: (LedgerRow) -> String?) async throws {
    for row in try await client.ledger.rows(LedgerFilter(state: .unknown)) {
      print(row.id, row.jobID ?? row.fingerprint, row.message ?? "")
      let resolution: LedgerResolution = if let id = taskFound(row) { .task(id) } else { .notSent }
      _ = try await client.ledger.resolve(row.id, as: resolution, now: now)
    }
  }

  static func sendAndWait(_ job: Job, _ preflight: Preflight, _ client: WanClient) async throws {
    switch try await preflight.check(job) {
    case .submittable(let validated, _):
      let task = try await client.submit(validated)
      for try await update in client.wait(for: task.id) { print(update.status) }
    case .notSubmittable(let result): print(result.verdict, result.findings.map(\.message))
    }
  }
}

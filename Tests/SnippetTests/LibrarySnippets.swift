import AssetOpening
import AssetSource
import MediaFacts
import MediaProbe
import ProbeWorkers
import SystemPackage
import WanCheck
import WanReport
import WanSubmit

/// The code that the documentation shows. `DocumentedCodeTests` compares it, the compiler and `SnippetTests` try it.
enum LibrarySnippets {
  static func readme() async throws {
    let text = Array(#"{"start_image_url": "lake.png", "prompt": "slow pan"}"#.utf8)
    var reader = JobDocumentReader(text, format: .json)
    guard let record = reader.next() else { return }

    let preflight = Preflight(
      prober: .inProcess, configuration: .init(depth: .full), opener: HTTPAssetOpener())
    switch try await preflight.check(Job(record)) {
    case .submittable(let validated, _): print("ready to send:", validated.body)
    case .notSubmittable(let result): print(result.verdict, result.findings.map(\.message))
    }
  }

  static func check(_ path: String) async throws -> Verdict {
    let preflight = Preflight(prober: .inProcess, opener: HTTPAssetOpener())
    let result = try await preflight.check(AssetReference(path, role: .startImage))

    for finding in result.findings {
      print(finding.rule, finding.severity, finding.message)
      if let fix = finding.fix { print("  fix:", fix.text) }
    }
    return result.verdict
  }

  static func checkConfined(_ path: String, workersIn folder: FilePath) async throws -> Verdict {
    let workers = WorkerPrograms(folder: folder)  // such as /usr/local/libexec/wan-check
    let prober = ConfinedProber(workers: workers, configuration: WorkerConfiguration(concurrency: 4))
    let preflight = Preflight(prober: prober, opener: HTTPAssetOpener())
    let result = try await preflight.check(AssetReference(path, role: .startImage))
    await prober.shutdown()
    return result.verdict
  }

  static func offline() -> Preflight {
    let preflight = Preflight(prober: .inProcess, opener: LocalAssetOpener())
    return preflight
  }

  static func patient() -> (Preflight, HTTPAssetOpener) {
    var options = HTTPOptions()
    options.userAgent = "studio-pipeline/1.0"
    options.timeLimit = .seconds(30)
    let opener = HTTPAssetOpener(options)
    let preflight = Preflight(
      prober: .inProcess, configuration: .init(depth: .header), opener: opener, memo: ExaminationMemo())
    return (preflight, opener)
  }

  static func strictly(_ body: String) async throws -> Bool {
    var reader = JobDocumentReader(Array(body.utf8), format: .json)
    guard let record = reader.next() else { return false }
    let preflight = Preflight(
      prober: .inProcess, configuration: .init(strict: true), opener: HTTPAssetOpener())
    guard case .submittable = try await preflight.check(Job(record)) else { return false }
    return true
  }

  static func report(_ results: [CheckResult]) -> String {
    var reporter = JSONReporter(ReportContext(version: "1.0", depth: .full, limits: .documented))
    var summary = Summary()
    var text = reporter.begin()
    for result in results {
      summary.count(result)
      text += reporter.result(result)
    }
    text += reporter.end(summary)
    return text
  }

  static func send(_ job: Job, key: String, ledger path: FilePath) async throws {
    guard let key = APIKey(key) else { return }
    let preflight = Preflight(
      prober: .inProcess, configuration: .init(submitting: true), opener: HTTPAssetOpener())
    let client = WanClient(
      ProviderConfiguration(key: key), ledger: try Ledger(at: path), recheck: preflight)

    switch try await preflight.check(job) {
    case .submittable(let validated, _):
      let task = try await client.submit(validated)
      print(task.id, task.status)
    case .notSubmittable(let result):
      print(result.verdict, result.notSubmittableBecause.map(\.rawValue))
    }
  }
}

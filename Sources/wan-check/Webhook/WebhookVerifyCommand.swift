import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import Locations
import SystemPackage
import WanSubmit
import WanSubmitReport

/// `wan-check webhook`
struct WebhookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "Examine webhooks of the provider.",
    subcommands: [WebhookVerifyCommand.self])
}

/// `wan-check webhook verify`
struct WebhookVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the signature of a captured webhook, for debugging.",
    discussion: """
      The secret comes from the environment variable \(WebhookSecrets.variable), several separated by white space, or from \
      files, one a line: plain text, whsec_ and base64, or hexadecimal digits. It is never an argument.

      Exit codes: 0 the webhook is genuine; 1 it is not, and the output says why; 2 wrong usage.
      """)

  private static let longestBody = 1 << 20
  private static let longestHeaders = 1 << 18

  @Option(help: ArgumentHelp("A header of the request (repeatable).", valueName: "name: value"))
  var header: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with the headers of the request, one a line, as raw HTTP or curl -v has them.",
      valueName: "file"))
  var headers: String?

  @Option(
    help: ArgumentHelp(
      "The body of the request, byte for byte, at most 1 MiB; - is standard input.", valueName: "file"))
  var body = "-"

  @Option(
    help: ArgumentHelp(
      "A file with secrets (repeatable); the environment is then not read.", valueName: "file"))
  var secretFile: [String] = []

  @Option(help: ArgumentHelp("Largest difference between the webhook's time and now.", valueName: "seconds"))
  var tolerance: Double = 300

  @Option(
    help: ArgumentHelp(
      "Judge as of this time, in seconds since 1970 (default: now).", valueName: "unix-seconds"))
  var at: Double?

  @Option(help: ArgumentHelp("text or json.", valueName: "format"))
  var format: CatalogueFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also remember the webhook's id in this ledger, and report a replay if the ledger has it already.",
      valueName: "file"))
  var ledger: String?

  @Flag(help: "Show the queries of URLs.")
  var showUrls = false

  func validate() throws {
    if header.isEmpty, headers == nil {
      throw ValidationError("missing headers; pass `--headers FILE`, or `--header 'NAME: VALUE'` for each")
    }
    if headers == "-", body == "-" {
      throw ValidationError("standard input cannot be both headers and body; pass `--body FILE`")
    }
    if !(tolerance >= 0 && tolerance <= 1e9) {
      throw ValidationError("`--tolerance` must be 0 to 1000000000 seconds")
    }
    if let at, !(at >= 0 && at <= 1e12) {
      throw ValidationError("`--at` must be 0 to 1000000000000 seconds since 1970")
    }
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    let now = at ?? Date().timeIntervalSince1970
    let verifier = WebhookVerifier(secrets: try secrets(), tolerance: .seconds(tolerance))
    var diagnosis = try verifier.diagnose(allHeaders(), body: read(body, limit: Self.longestBody), now: now)
    if let delivery = diagnosis.verdict.delivery, let ledger {
      let isNew = try await Self.isNew(delivery, ledger, now)
      if !isNew { diagnosis.verdict = .refused(.replay(of: delivery)) }
    }
    try write(WebhookListing(diagnosis, showURLs: showUrls), now)
    if diagnosis.verdict.delivery == nil { throw ExitStatus.invalid }
  }

  private func write(_ listing: WebhookListing, _ now: Double) throws(OutputFailure) {
    do throws(OutputFailure) {
      try StandardStream.output.write(format == .json ? listing.json() : listing.text(now: now))
    } catch  where error.isClosedPipe {
      // If the output is not read, the exit code still reports the result.
    }
  }

  /// Whether the webhook is new to the ledger, which then records it.
  private static func isNew(_ delivery: WebhookDelivery, _ file: String, _ now: Double) async throws -> Bool {
    let ledger = try LedgerOptions.run { () throws(LedgerError) in try Ledger(at: FilePath(file)) }
    do {
      return try await ledger.admit(delivery.id, timestamp: delivery.timestamp, now: now)
    } catch let error as LedgerError {
      throw LedgerOptions.status(of: error)
    }
  }

  private func secrets() throws -> [WebhookSecret] {
    if secretFile.isEmpty {
      return try WebhookSecrets.fromEnvironment(ProcessInfo.processInfo.environment)
    }
    return try secretFile.flatMap { file in
      try WebhookSecrets.inFile(read(file, limit: 1 << 16), named: displayText(file))
    }
  }

  private func allHeaders() throws -> [(name: String, value: String)] {
    let given = try header.map { text in
      guard let field = HeaderLines.field(text) else {
        throw ValidationError("`--header` must be 'NAME: VALUE', with a colon after the name")
      }
      return field
    }
    guard let headers else { return given }
    do {
      return given + (try HeaderLines.fields(in: try read(headers, limit: Self.longestHeaders)))
    } catch let problem as HeaderLines.Problem {
      throw ValidationError("\(displayText(headers)), line \(problem.line): \(problem.message)")
    }
  }

  private func read(_ file: String, limit: Int) throws -> [UInt8] {
    do throws(BoundedFile.Failure) {
      return try BoundedFile.bytes(of: file, limit: limit)
    } catch {
      throw ValidationError(error.message)
    }
  }
}

import Crypto
import FixtureKit
import Foundation
import GRDB
import JobDocuments
import JudgingKit
import SystemPackage
import Testing
import WanCheck

@testable import WanSubmit

/// Jobs that version 1 of the ledger knows are not sent again, however they and the API base are written now.
@Suite struct FormerFingerprintTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  struct Case: Sendable, CustomTestStringConvertible {
    /// What was sent: members of the body, and the base.
    var before: (members: String, base: String)
    /// What is to be sent now.
    var now: (members: String, base: String)
    var isSame = true

    var testDescription: String { "\(before) \(now)" }

    private static let forms = [
      "", #""duration": 5"#, #""resolution": "1080P""#, #""duration": 5, "resolution": "1080P""#,
    ]
    private static let bases = [
      "https://api.freepik.com", "https://api.freepik.com:443", "https://api.freepik.com/a/%2e%2e",
    ]

    static let all: [Case] =
      forms.flatMap { before in
        forms.flatMap { now in
          bases.map { Case(before: (before, $0), now: (now, bases[0])) }
            + [Case(before: (before, bases[0]), now: (now, bases[1]))]
        }
      }
      + [
        Case(before: ("", bases[0]), now: (#""duration": 6"#, bases[0]), isSame: false),
        Case(before: (#""duration": 6"#, bases[0]), now: ("", bases[0]), isSame: false),
        Case(before: (#""resolution": "720P""#, bases[0]), now: (forms[3], bases[0]), isSame: false),
        Case(before: ("", "https://api.magnific.com"), now: ("", bases[0]), isSame: false),
        Case(before: ("", "https://api.freepik.com/v2"), now: ("", bases[0]), isSame: false),
      ]
  }

  @Test(arguments: Case.all) func isRecognised(_ given: Case) async throws {
    let key = try #require(APIKey("FPSX-secret"))
    let before = try await Self.job(given.before.members)
    try write(
      try Self.formerFingerprint(before, base: given.before.base, key: key), base: given.before.base, key: key
    )
    let provider = ScriptedProvider()
    let base = try #require(ProviderBase(given.now.base))
    let ledger = try Ledger(at: folder.path())
    let client = WanClient(
      ProviderConfiguration(key: key, base: base), ledger: ledger, recheck: nil, transport: provider,
      now: { Proved.time })
    let submission = await client.send(try await Self.job(given.now.members))
    #expect(submission.state == (given.isSame ? .alreadySubmitted : .submitted))
    #expect(provider.requests.count == (given.isSame ? 0 : 1))
    if given.isSame { #expect(submission.taskID == "old-task") }
  }

  /// The same content may use its id again; other content may not.
  @Test func anIDBelongsToTheSameContent() async throws {
    let key = try #require(APIKey("FPSX-secret"))
    let before = try await Self.job(#""duration": 5"#, id: "shot-1")
    let base = "https://api.freepik.com:443"
    try write(
      try Self.formerFingerprint(before, base: base, key: key), base: base, key: key, state: "refused",
      id: "shot-1")
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider, ledger: try Ledger(at: folder.path()))
    #expect(await client.send(try await Self.job("", id: "shot-1")).state == .submitted)
    #expect(await client.send(try await Self.job(#""duration": 5"#, id: "shot-1")).state == .alreadySubmitted)
    #expect(await client.send(try await Self.job(#""duration": 6"#, id: "shot-1")).state == .refused)
    #expect(provider.requests.count == 1)
  }

  private static func job(_ members: String, id: String? = nil) async throws -> ValidatedJob {
    let body = #"{"start_image_url": "\#(Named.start)"\#(members.isEmpty ? "" : ", ")\#(members)}"#
    return try await Proved.job(id.map { #"{"id": "\#($0)", "job": \#(body)}"# } ?? body)
  }

  /// As version 1 made it: every member but the webhook, and the base as it was written.
  private static func formerFingerprint(_ job: ValidatedJob, base: String, key: APIKey) throws -> String {
    let digests = Dictionary(
      uniqueKeysWithValues: job.assets.map { (Profile.freepik.label($0.role.meaning), $0.sha256) })
    let body = try #require(job.job.body?.members).filter { $0.key != "webhook_url" }.map { field in
      digests[field.key].map { .init(key: field.key, value: .string("sha256:\($0)")) } ?? field
    }
    let envelope: DocumentValue = [
      "account": .string(key.digest), "api": .string(base), "body": DocumentValue(.object(body)),
    ]
    let text = try JSONWriter.canonical.text(envelope.adding("id", job.id.map(DocumentValue.string)))
    return SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
  }

  /// A ledger of version 1 with one row.
  private func write(
    _ fingerprint: String, base: String, key: APIKey, state: String = "submitted", id: String? = nil
  ) throws {
    let queue = try DatabaseQueue(path: folder.path().string)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(LedgerSchema.applicationID)")
    }
    try LedgerSchema.migrator.migrate(queue, upTo: "1: submissions, assets, webhooks")
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO submission (fingerprint, account, api_base, job_id, input, position, mode, forced, owner, state,
            sent_at, settled_at, task_id)
          VALUES (?, ?, ?, ?, 'jobs.jsonl', 0, 'first_frame', 0, '00000000000000000000000000000000', ?, 1, 2, ?)
          """,
        arguments: [fingerprint, key.digest, base, id, state, state == "submitted" ? "old-task" : nil])
    }
    try queue.close()
  }
}

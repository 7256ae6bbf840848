import Crypto
import Foundation
import JobDocuments
import MediaFacts
import WanCheck

/// The identity of a job, independent of how it is written: the SHA-256 of its canonical form.
///
/// It has the digest of each asset's bytes in place of its URL, so that a link that was signed again is the same
/// job; the webhook and fields that hold their documented default are left out; and the API base, a digest of the account's
/// key and the envelope's id are added.
struct JobFingerprint: Sendable, Hashable {
  /// The job's fingerprint: 64 lower-case hex digits.
  let text: String
  /// The fingerprints that earlier versions may have given to the same job. Those versions kept defaults that
  /// were written, and treated each spelling of the API base as a different base.
  let former: [String]

  /// The fingerprints of `job`; `nil` for a body that has no canonical form.
  ///
  /// - Parameter spellings: other texts of API bases in rows of earlier versions.
  init?(_ job: ValidatedJob, base: ProviderBase, key: APIKey, spellings: [String] = []) {
    guard let members = job.job.body?.members else { return nil }
    let profile = job.job.profile
    let digests = Dictionary(job.assets.map { (profile[$0.role.meaning]?.name ?? "", $0.sha256) }) {
      first, _ in first
    }
    var body = members.filter { $0.key != profile[.webhook]?.name }.map { member in
      var member = member
      if let digest = digests[member.key] { member.value = .string("sha256:\(digest)") }
      return member
    }
    // The defaults that the job has, written or not.
    let defaults = Self.documentedDefaults(profile).filter { standard in
      let written = body.first { $0.key == standard.key }
      return written.map { Self.isEqual($0.value, standard.value) } ?? true
    }
    body.removeAll { member in defaults.contains { $0.key == member.key } }
    func fingerprint(_ base: String, _ written: [DocumentValue.Member]) -> String? {
      let envelope: DocumentValue = [
        "account": .string(key.digest), "api": .string(base), "body": DocumentValue(.object(body + written)),
      ]
      return Self.canonical(envelope.adding("id", job.id.map(DocumentValue.string))).map { text in
        SHA256.hash(data: Data(text.utf8)).hexadecimal
      }
    }
    guard let text = fingerprint(base.text, []) else { return nil }
    let bases = [base.text] + spellings.filter { $0 != base.text && ProviderBase($0) == base }
    former = bases.flatMap { base in
      Self.subsets(of: defaults).compactMap { fingerprint(base, $0) }
    }.filter { $0 != text }
    self.text = text
  }

  /// The values that the page documents for fields that are left out.
  private static func documentedDefaults(_ profile: Profile) -> [DocumentValue.Member] {
    profile.fields.compactMap { field in
      guard let standard = field.defaultValue, field.path.count == 1 else { return nil }
      return .init(key: field.name, value: DocumentValue(standard.content, at: .start))
    }
  }

  /// The canonical text of `value`; `nil` if JSON cannot express one of its numbers.
  private static func canonical(_ value: DocumentValue) -> String? { try? JSONWriter.canonical.text(value) }

  private static func isEqual(_ value: DocumentValue, _ other: DocumentValue) -> Bool {
    canonical(value).map { $0 == canonical(other) } ?? false
  }

  private static func subsets(of members: [DocumentValue.Member]) -> [[DocumentValue.Member]] {
    members.reduce([[]]) { subsets, member in subsets + subsets.map { $0 + [member] } }
  }
}

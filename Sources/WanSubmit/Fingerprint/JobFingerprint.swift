import Crypto
import Foundation
import MediaFacts
import WanCheck

/// What tells one job from another, whatever way it is written: the SHA-256 of its canonical form.
///
/// In it each asset's URL stands replaced by the digest of its bytes, so that a link that was signed anew is the same
/// job; `webhook_url` is left out; and the API base, a digest of the account's key and the envelope's id are added.
enum JobFingerprint {
  /// 64 lower-case hex digits; `nil` for a body that has no canonical form.
  static func of(_ job: ValidatedJob, base: ProviderBase, key: APIKey) -> String? {
    guard let members = job.job.body?.members else { return nil }
    let digests = Dictionary(job.assets.map { ($0.role.field, $0.sha256) }) { first, _ in first }
    let body = members.filter { $0.key != "webhook_url" }.map { member in
      var member = member
      if let digest = digests[member.key] { member.value = string("sha256:\(digest)") }
      return member
    }
    var envelope = [
      self.member("account", string(key.digest)), self.member("api", string(base.text)),
      self.member("body", DocumentValue(.object(body), at: .start)),
    ]
    if let id = job.id { envelope.append(self.member("id", string(id))) }
    return CanonicalJSON.text(DocumentValue(.object(envelope), at: .start)).map { text in
      SHA256.hash(data: Data(text.utf8)).hexadecimal
    }
  }

  private static func string(_ text: String) -> DocumentValue { DocumentValue(.string(text), at: .start) }

  private static func member(_ key: String, _ value: DocumentValue) -> DocumentValue.Member {
    DocumentValue.Member(key: key, keyPosition: .start, value: value)
  }
}

import Crypto
import Foundation

/// Verifies that webhooks were sent by the provider.
///
/// The provider signs `webhook-id`, `webhook-timestamp` and the raw body, joined by dots, with HMAC-SHA256.
/// Only the provider and the receiver have the secret. The header `webhook-signature` contains the result as
/// `v1,<base64>`, several of them separated by spaces. This is the scheme of Standard Webhooks.
public struct WebhookVerifier: Sendable {
  /// The largest difference between the time of a webhook and now, in both directions.
  public let tolerance: Duration

  let secrets: [WebhookSecret]

  /// A verifier that accepts signatures with any of `secrets`, such as the old and the
  /// new one during a rotation.
  public init(secrets: [WebhookSecret], tolerance: Duration = .seconds(300)) {
    self.secrets = secrets
    self.tolerance = tolerance
  }

  /// Whether a webhook is genuine, and if not, why.
  ///
  /// `headers` are all headers of the request; their case is ignored. `body` must be the raw bytes: a body
  /// that was parsed and written again has another signature. `now` is in seconds since 1970.
  public func verify(
    _ headers: some Sequence<(name: String, value: String)>, body: [UInt8], now: Double
  ) -> WebhookVerdict {
    do throws(WebhookProblem) {
      let claim = try WebhookClaim(headers)
      let signatures = try WebhookSignatures.read(claim.signatureText)
      try checkTime(claim.timestamp, now: now)
      guard !secrets.isEmpty else {
        throw WebhookProblem(.noSecret, message: "missing secret to verify the signature")
      }
      guard fits(signatures, claim, body) else {
        let whose = secrets.count == 1 ? "this secret" : "any of these \(secrets.count) secrets"
        throw WebhookProblem(
          .wrongSignature, message: "the signature does not match this id, time and body under \(whose)")
      }
      return .genuine(WebhookDelivery(id: claim.id, timestamp: claim.timestamp, body: body))
    } catch {
      return .refused(error)
    }
  }

  /// Whether a webhook is genuine and new, and if not, why.
  ///
  /// Only genuine webhooks are passed to `replays`, so that no other sender can fill it. A webhook that was
  /// seen before is `replayed`: answer it like the first one, so that the provider stops sending it. Throws
  /// the errors of `replays`.
  public nonisolated(nonsending) func verify(
    _ headers: some Sequence<(name: String, value: String)>, body: [UInt8], now: Double,
    replays: any WebhookReplayGuard
  ) async throws -> WebhookVerdict {
    let verdict = verify(headers, body: body, now: now)
    guard let delivery = verdict.delivery else { return verdict }
    if try await replays.admit(delivery.id, timestamp: delivery.timestamp, now: now) { return verdict }
    return .refused(.replay(of: delivery))
  }

  private func checkTime(_ timestamp: Int64, now: Double) throws(WebhookProblem) {
    let age = now - Double(timestamp)
    // Written so that a NaN from a clock fails the comparison.
    guard age <= tolerance.inSeconds else {
      throw WebhookProblem(
        .tooOld,
        message: "the webhook is dated \(ElapsedTime.words(age)) ago; at most \(allowance) is accepted")
    }
    guard age >= -tolerance.inSeconds else {
      throw WebhookProblem(
        .tooNew,
        message: "the webhook is dated \(ElapsedTime.words(-age)) ahead; at most \(allowance) is accepted")
    }
  }

  private var allowance: String { ElapsedTime.words(tolerance.inSeconds) }

  /// Whether one of `signatures` matches the claim with `body`.
  func fits(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8]) -> Bool {
    secrets.flatMap(\.keys).contains { Self.fits(signatures, claim, body, under: $0) }
  }

  /// Whether one of `signatures` matches the claim with `body` under `key`.
  static func fits(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8], under key: SymmetricKey)
    -> Bool
  {
    // The body is hashed once, however many signatures are sent. Comparing a code with bytes by
    // `==` takes constant time.
    let code = claim.code(of: body, under: key)
    return signatures.contains { code == $0 }
  }
}

extension Duration {
  /// The duration in seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// A time span in words for people.
package enum ElapsedTime {
  /// Examples: `0.5 s`, `301 s`, `90 min`, `30 h`, `40 days`.
  package static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<3600:
      // In tenths, so that a time just above a limit does not look like the limit.
      let tenths = (seconds * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(whole(tenths)) s" : "\(tenths) s"
    case ..<7200: return "\(whole(seconds / 60)) min"
    case ..<172_800: return "\(whole(seconds / 3600)) h"
    case ..<1e14: return "\(whole(seconds / 86400)) days"
    // Also for NaN, which has no integer.
    default: return "ages"
    }
  }

  private static func whole(_ amount: Double) -> Int64 { Int64(exactly: amount.rounded(.towardZero)) ?? 0 }
}

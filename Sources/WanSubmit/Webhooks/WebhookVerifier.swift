import Crypto
import Foundation

/// Tells webhooks that the provider sent from those that anybody else could send.
///
/// The provider signs `webhook-id`, `webhook-timestamp` and the raw body, joined by dots, with HMAC-SHA256 under a secret
/// that only it and the receiver know, and sends the result as `webhook-signature`: `v1,<base64>`, several separated by
/// spaces. This is the scheme of Standard Webhooks.
public struct WebhookVerifier: Sendable {
  /// How far the time of a webhook may lie from now, both ways.
  public let tolerance: Duration

  let secrets: [WebhookSecret]

  /// A verifier that accepts what was signed with any of `secrets`: two while they are changed.
  public init(secrets: [WebhookSecret], tolerance: Duration = .seconds(300)) {
    self.secrets = secrets
    self.tolerance = tolerance
  }

  /// Whether a webhook is genuine; if not, why.
  ///
  /// `headers` are those of the request, other ones too; upper and lower case are one. `body` holds the raw bytes: a body
  /// that was parsed and written anew has another signature. `now` is in seconds since 1970.
  public func verify(
    _ headers: some Sequence<(name: String, value: String)>, body: [UInt8], now: Double
  ) -> WebhookVerdict {
    do throws(WebhookProblem) {
      let claim = try WebhookClaim(headers)
      let signatures = try WebhookSignatures.read(claim.signatureText)
      try checkTime(claim.timestamp, now: now)
      guard !secrets.isEmpty else {
        throw WebhookProblem(.noSecret, message: "there is no secret to verify it with")
      }
      guard fits(signatures, claim, body) else {
        let whose = secrets.count == 1 ? "this secret" : "any of these \(secrets.count) secrets"
        throw WebhookProblem(
          .wrongSignature, message: "the signature is not that of this id, time and body under \(whose)")
      }
      return .genuine(WebhookDelivery(id: claim.id, timestamp: claim.timestamp, body: body))
    } catch {
      return .refused(error)
    }
  }

  /// Whether a webhook is genuine and new; if not, why.
  ///
  /// `replays` is asked about genuine ones alone, so that nobody else can fill it. One that was seen before is `replayed`:
  /// answer it like the first, so that the provider stops sending it. Throws what `replays` throws.
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
    // So written that a clock that says NaN fits no window.
    guard age <= tolerance.inSeconds else {
      throw WebhookProblem(
        .tooOld, message: "it is dated \(ElapsedTime.words(age)) ago; at most \(allowance) is accepted")
    }
    guard age >= -tolerance.inSeconds else {
      throw WebhookProblem(
        .tooNew, message: "it is dated \(ElapsedTime.words(-age)) ahead; at most \(allowance) is accepted")
    }
  }

  private var allowance: String { ElapsedTime.words(tolerance.inSeconds) }

  /// Whether one of `signatures` is that of the claim with `body`.
  func fits(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8]) -> Bool {
    secrets.flatMap(\.keys).contains { Self.fits(signatures, claim, body, under: $0) }
  }

  /// Whether one of `signatures` is that of the claim with `body` under `key`.
  static func fits(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8], under key: SymmetricKey)
    -> Bool
  {
    // One pass over the body, however many signatures a stranger sends; `==` of a code and bytes takes constant time.
    let code = claim.code(of: body, under: key)
    return signatures.contains { code == $0 }
  }
}

extension Duration {
  /// The duration in seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// A span of time in words for people.
package enum ElapsedTime {
  /// `0.5 s`, `301 s`, `90 min`, `30 h`, `40 days`.
  package static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<3600:
      // Tenths, so that a time just past a bound does not look like the bound.
      let tenths = (seconds * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(whole(tenths)) s" : "\(tenths) s"
    case ..<7200: return "\(whole(seconds / 60)) min"
    case ..<172_800: return "\(whole(seconds / 3600)) h"
    case ..<1e14: return "\(whole(seconds / 86400)) days"
    // Also NaN, which has no integer.
    default: return "ages"
    }
  }

  private static func whole(_ amount: Double) -> Int64 { Int64(exactly: amount.rounded(.towardZero)) ?? 0 }
}

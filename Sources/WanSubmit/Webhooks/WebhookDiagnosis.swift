import Crypto
import Foundation

/// A verdict on a webhook, with hints that help to find the fault.
///
/// It is for debugging only: a hint never makes a webhook genuine.
package struct WebhookDiagnosis: Sendable {
  /// The verdict on the webhook.
  package var verdict: WebhookVerdict
  /// The id in the headers, if they can be read.
  package var id: String?
  /// The time in the headers, in seconds since 1970, if they can be read.
  package var timestamp: Int64?
  /// What would make the webhook valid, in words for people.
  package var hint: String?
}

extension WebhookVerifier {
  /// The verdict of `verify`, with a hint about the likely fault.
  package func diagnose(
    _ headers: [(name: String, value: String)], body: [UInt8], now: Double
  ) -> WebhookDiagnosis {
    let claim = try? WebhookClaim(headers)
    let verdict = verify(headers, body: body, now: now)
    var diagnosis = WebhookDiagnosis(verdict: verdict, id: claim?.id, timestamp: claim?.timestamp)
    if let problem = verdict.problem {
      diagnosis.hint =
        if let claim { hint(problem, claim, body) } else { Self.hint(problem, headers) }
    }
    return diagnosis
  }

  private func hint(_ problem: WebhookProblem, _ claim: WebhookClaim, _ body: [UInt8]) -> String? {
    guard let signatures = try? WebhookSignatures.read(claim.signatureText) else {
      return fits(WebhookSignatures.meant(by: claim.signatureText), claim, body)
        ? "the signature fits, but must be written `v1,<base64>`; the header was changed" : nil
    }
    let fits = fits(signatures, claim, body)
    switch problem.code {
    case .tooOld, .tooNew:
      let own = fits ? "the signature fits: only the time is wrong" : "the signature does not fit either"
      // No webhook has a date thousands of years ahead, but every one in milliseconds does.
      return own + (claim.timestamp >= 100_000_000_000 ? "; the time looks like milliseconds" : "")
    case .wrongSignature:
      return changedBody(signatures, claim, body) ?? otherKey(signatures, claim, body)
    default: return nil
    }
  }

  /// A typical change of the body that would explain the signature.
  private func changedBody(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8]) -> String? {
    BodyChange.candidates(for: body).first { fits(signatures, claim, $0.body) }.map { change in
      "the signature fits if \(change.name): the body was changed in transit; verify the raw bytes as received"
    }
  }

  /// A typical mistake with the secret that would explain the signature.
  private func otherKey(_ signatures: [Data], _ claim: WebhookClaim, _ body: [UInt8]) -> String? {
    for secret in secrets {
      for (name, key) in secret.mistakenReadings
      where Self.fits(signatures, claim, body, under: SymmetricKey(data: key)) {
        return "the signature fits if \(name)"
      }
    }
    return nil
  }

  /// A likely fault of the headers.
  private static func hint(_ problem: WebhookProblem, _ headers: [(name: String, value: String)]) -> String? {
    guard problem.code == .missingHeader else { return nil }
    // Gateways pass headers on as `HTTP_WEBHOOK_ID`. Svix, which invented the scheme, writes `svix-id`.
    let lookalikes = headers.map(\.name).filter { name in
      let dashed = name.lowercased().replacing("_", with: "-").replacing("svix-", with: "webhook-")
      return WebhookClaim.Header.allCases.contains { header in
        dashed.hasSuffix(header.rawValue) && !header.isNamed(name)
      }
    }
    return lookalikes.first.map { "the headers have \(quoted($0)), which is another name" }
  }
}

extension WebhookSecret {
  /// The keys that the sender may use if the secret was copied or configured in another form.
  fileprivate var mistakenReadings: [(name: String, key: [UInt8])] {
    var readings: [(name: String, key: [UInt8])] = [
      ("a line feed follows the secret", Array((text + "\n").utf8))
    ]
    if let encoded = Self.encodedPart(of: text) {
      readings.append(("whsec_ is not part of the secret, and the rest is plain text", Array(encoded.utf8)))
    } else if let bytes = Self.base64(text) {
      readings.append(("the secret is base64: write whsec_ before it", bytes))
    }
    let unquoted = text.trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
    if unquoted != text {
      readings += Self.readings(of: unquoted).map { ("the quotes around the secret are left out", $0) }
    }
    return readings
  }
}

import Crypto
import Foundation
import WanSubmit

/// A webhook as a server receives it, to be tampered with.
struct CapturedWebhook: Sendable {
  static let secret = "a plain-text secret"
  static let time: Int64 = 1_700_000_000
  static let payload =
    #"{"task_id":"046b6c7f-0b8a-43b9-b35d-6489e6daee91","status":"COMPLETED","#
    + #""generated":["https://cdn.example.net/a.mp4?X-Amz-Signature=SECRETQ"]}"#

  var id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
  var timestamp = "\(time)"
  var body = Array(payload.utf8)

  /// The value of `webhook-signature` under `secret`, taken as plain text.
  func signature(_ secret: String = secret) -> String { signature(key: Array(secret.utf8)) }

  /// The value of `webhook-signature` under `key`.
  func signature(key: [UInt8]) -> String { "v1," + Data(code(key: key)).base64EncodedString() }

  /// What is in the signature.
  func code(key: [UInt8] = Array(secret.utf8)) -> [UInt8] {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    return Array(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key)))
  }

  /// The headers, signed with the secret unless another `signature` is given.
  func headers(signature given: String? = nil) -> [(name: String, value: String)] {
    [
      (name: "Host", value: "hooks.example.net"), (name: "webhook-id", value: id),
      (name: "webhook-timestamp", value: timestamp), (name: "webhook-signature", value: given ?? signature()),
    ]
  }

  /// This one with some changes.
  func with(_ change: (inout CapturedWebhook) -> Void) -> CapturedWebhook {
    var copy = self
    change(&copy)
    return copy
  }
}

/// Headers and a body that were received, and when.
struct Received: Sendable {
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  var now: Double

  init(
    _ headers: [(name: String, value: String)], _ webhook: CapturedWebhook = CapturedWebhook(),
    now: Double = Double(CapturedWebhook.time)
  ) {
    self.headers = headers
    body = webhook.body
    self.now = now
  }

  /// The verdict of a verifier with the usual secret and `others`.
  func verdict(_ others: [WebhookSecret] = []) -> WebhookVerdict {
    let secrets = [CapturedWebhook.secret].compactMap { WebhookSecret($0) } + others
    return WebhookVerifier(secrets: secrets).verify(headers, body: body, now: now)
  }
}

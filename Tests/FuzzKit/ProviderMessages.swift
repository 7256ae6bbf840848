import AssetOpening
import AssetSource
import Crypto
import Foundation
import WanSubmit

/// Messages from the provider, or from a sender that claims to be the provider.
enum ProviderMessages {
  static let targets = [
    FuzzTarget("webhook", longest: 4 << 10) { bytes throws(BrokenPromise) in
      try webhook(bytes)
      return true
    },
    FuzzTarget("certificate", longest: 4 << 10) { bytes throws(BrokenPromise) in
      try certificate(bytes)
      return true
    },
  ]

  /// Only the seeds are signed with it; `Fuzzing/seeds` makes them for this time.
  private static let secret = "whsec_d2FuLWNoZWNrLWZ1enppbmctc2VjcmV0LTEyMw=="
  private static let now = 1_800_000_000.0

  /// Header lines up to an empty line, and then the body.
  private static func webhook(_ bytes: [UInt8]) throws(BrokenPromise) {
    let (headers, body) = parts(of: bytes)
    guard let own = WebhookSecret(secret) else { throw BrokenPromise("the secret is none") }
    let others = headers.prefix(2).compactMap { WebhookSecret($0.value) }
    let verifier = WebhookVerifier(secrets: [own])
    let verdict = verifier.verify(headers, body: body, now: now)
    let diagnosis = WebhookVerifier(secrets: [own] + others).diagnose(headers, body: body, now: now)
    try demand(diagnosis.hint?.isFitToShow ?? true, "a hint that cannot be shown")
    switch verdict {
    case .refused(let problem):
      try demand(problem.message.isFitToShow, "a message that cannot be shown: \(problem.message)")
    case .genuine(let delivery):
      try isWhatWasSigned(delivery, headers, body, verifier)
    }
    try checkTask(of: body, signedBy: own)
  }

  /// Only one body at one time is genuine.
  private static func isWhatWasSigned(
    _ delivery: WebhookDelivery, _ headers: [(name: String, value: String)], _ body: [UInt8],
    _ verifier: WebhookVerifier
  ) throws(BrokenPromise) {
    try demand(delivery.body == body, "genuine, with another body")
    try demand(abs(Double(delivery.timestamp) - now) <= 300, "genuine, at another time")
    try demand(
      verifier.verify(headers, body: body + [0x20], now: now).delivery == nil, "genuine, with one byte more")
    try demand(verifier.verify(headers, body: body, now: now + 700).delivery == nil, "genuine for ever")
  }

  /// The task of a body that was signed, whatever it holds.
  private static func checkTask(of body: [UInt8], signedBy secret: WebhookSecret) throws(BrokenPromise) {
    let key = SymmetricKey(data: Data("wan-check-fuzzing-secret-123".utf8))
    let signed = Data("msg_1.\(Int(now)).".utf8) + Data(body)
    let code = Data(HMAC<SHA256>.authenticationCode(for: signed, using: key)).base64EncodedString()
    let headers = [
      (name: "webhook-id", value: "msg_1"), (name: "webhook-timestamp", value: "\(Int(now))"),
      (name: "webhook-signature", value: "v1,\(code)"),
    ]
    let verdict = WebhookVerifier(secrets: [secret]).verify(headers, body: body, now: now)
    guard let delivery = verdict.delivery else { throw BrokenPromise("refused, though it was signed") }
    guard let task = try? delivery.task() else { return }
    try demand(!task.id.isEmpty && !task.id.contains("\n"), "a task without a name: \(task.id)")
  }

  private static func parts(of bytes: [UInt8]) -> ([(name: String, value: String)], [UInt8]) {
    var headers: [(name: String, value: String)] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      let texts = fields.map { String(decoding: $0, as: UTF8.self) }
      headers.append((name: texts[0], value: texts.count > 1 ? texts[1] : ""))
    }
    return (headers, Array(rest))
  }

  private static func certificate(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard let certificate = PresentedCertificate(der: bytes) else { return }
    try demand(certificate.names.count <= bytes.count, "more names than bytes")
  }
}

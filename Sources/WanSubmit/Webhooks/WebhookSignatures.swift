import Foundation

/// The signatures of one `webhook-signature`.
enum WebhookSignatures {
  /// More than a sender that rotates its secrets has; a longer list is made to cost time.
  private static let most = 32
  private static let version = "v1"
  /// A SHA-256, and how long it is in base64.
  private static let byteCount = 32
  private static let encodedLength = 44

  /// The 32 bytes of each `v1,<base64>` among entries that spaces separate; those of other versions are passed over.
  ///
  /// An entry that is cut or garbled does no harm beside one that is whole.
  static func read(_ text: String) throws(WebhookProblem) -> [Data] {
    let entries = try entries(of: text)
    let known = entries.filter { $0.version == version }
    guard !known.isEmpty else {
      throw WebhookProblem(
        .noKnownSignatureVersion,
        message: "webhook-signature has no entry that begins with \(version), as in \(version),<base64>")
    }
    let signatures = known.compactMap { entry -> Data? in
      // The length is looked at first: a stranger's entry may be long.
      guard entry.signature.utf8.count == encodedLength else { return nil }
      return Data(base64Encoded: String(entry.signature)).flatMap { $0.count == byteCount ? $0 : nil }
    }
    guard !signatures.isEmpty else {
      throw WebhookProblem(
        .malformedSignature,
        message:
          "no \(version) of webhook-signature is followed by \(byteCount) bytes in base64")
    }
    return signatures
  }

  /// The signatures that a careless copy or a sender with other habits may have meant: without a version, in hexadecimal
  /// digits, in base64 of another dress.
  static func meant(by text: String) -> [Data] {
    guard let entries = try? entries(of: text) else { return [] }
    return entries.flatMap { entry in
      [WebhookSecret.base64, WebhookSecret.hexadecimal].compactMap { decode in
        // `sha256=…` and `v1=…` are how others write a version.
        let digits = entry.signature.split(separator: "=", maxSplits: 1).last { $0.utf8.count >= 43 }
        return decode(String(digits ?? entry.signature)).map { Data($0) }
      }
    }
  }

  private static func entries(of text: String) throws(WebhookProblem) -> [(
    version: Substring, signature: Substring
  )] {
    let entries = text.split(maxSplits: most, whereSeparator: { $0 == " " || $0 == "\t" })
    guard !entries.isEmpty else {
      throw WebhookProblem(.malformedSignature, message: "webhook-signature is empty")
    }
    guard entries.count <= most else {
      throw WebhookProblem(.malformedSignature, message: "webhook-signature has more than \(most) entries")
    }
    return entries.map { entry in
      guard let comma = entry.firstIndex(of: ",") else { return ("", entry) }
      return (entry[..<comma], entry[entry.index(after: comma)...])
    }
  }
}

import Foundation

/// The signatures of one `webhook-signature` header.
enum WebhookSignatures {
  /// More entries than a sender that rotates its secrets has; a longer list would be an attempt to cost time.
  private static let most = 32
  private static let version = "v1"
  /// The size of a SHA-256, in bytes and in base64.
  private static let byteCount = 32
  private static let encodedLength = 44

  /// The 32 bytes of each `v1,<base64>` entry of a list separated by spaces; entries of
  /// other versions are skipped.
  ///
  /// A truncated or garbled entry does not invalidate the other ones.
  static func read(_ text: String) throws(WebhookProblem) -> [Data] {
    let entries = try entries(of: text)
    let known = entries.filter { $0.version == version }
    guard !known.isEmpty else {
      throw WebhookProblem(
        .noKnownSignatureVersion,
        message: "`webhook-signature` must have an entry `\(version),<base64>`")
    }
    let signatures = known.compactMap { entry -> Data? in
      // The length is checked first, since an entry from an attacker may be long.
      guard entry.signature.utf8.count == encodedLength else { return nil }
      return Data(base64Encoded: String(entry.signature)).flatMap { $0.count == byteCount ? $0 : nil }
    }
    guard !signatures.isEmpty else {
      throw WebhookProblem(
        .malformedSignature,
        message:
          "`\(version)` of `webhook-signature` must be followed by \(byteCount) bytes in base64")
    }
    return signatures
  }

  /// The signatures that a careless copy or another sender may have meant: without a version, in hexadecimal
  /// digits, or in another form of base64.
  static func meant(by text: String) -> [Data] {
    guard let entries = try? entries(of: text) else { return [] }
    return entries.flatMap { entry in
      [WebhookSecret.base64, WebhookSecret.hexadecimal].compactMap { decode in
        // Other schemes write the version as `sha256=…` and `v1=…`.
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
      throw WebhookProblem(.malformedSignature, message: "`webhook-signature` must not be empty")
    }
    guard entries.count <= most else {
      throw WebhookProblem(
        .malformedSignature, message: "`webhook-signature` must have at most \(most) entries")
    }
    return entries.map { entry in
      guard let comma = entry.firstIndex(of: ",") else { return ("", entry) }
      return (entry[..<comma], entry[entry.index(after: comma)...])
    }
  }
}

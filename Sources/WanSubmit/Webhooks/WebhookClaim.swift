import Crypto
import Foundation
import Locations

/// The claims in a webhook's headers, before they are verified.
struct WebhookClaim {
  /// The headers that are signed, or contain the signature.
  enum Header: String, CaseIterable {
    case id = "webhook-id"
    case timestamp = "webhook-timestamp"
    case signature = "webhook-signature"

    /// Whether `name` is the name of this header, ignoring case.
    func isNamed(_ name: String) -> Bool {
      // ASCII only: lower-casing Unicode would treat the Kelvin sign as a K.
      name.utf8.elementsEqual(rawValue.utf8) { given, own in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(given) ? given | 0x20 == own : given == own
      }
    }
  }

  private static let longestID = 256

  let id: String
  /// The digits of the timestamp, as they are signed.
  let timestampText: String
  let timestamp: Int64
  /// The value of `webhook-signature`.
  let signatureText: String

  /// Reads the headers, without the white space around their values.
  init(_ headers: some Sequence<(name: String, value: String)>) throws(WebhookProblem) {
    var values: [Header: String] = [:]
    for (name, value) in headers {
      guard let header = Header.allCases.first(where: { $0.isNamed(name) }) else { continue }
      guard values.updateValue(value.trimmingCharacters(in: .whitespaces), forKey: header) == nil else {
        throw WebhookProblem(.duplicateHeader, message: "duplicate header `\(header.rawValue)`")
      }
    }
    func value(_ header: Header) throws(WebhookProblem) -> String {
      guard let value = values[header] else {
        throw WebhookProblem(.missingHeader, message: "missing header `\(header.rawValue)`")
      }
      return value
    }
    id = try value(.id)
    timestampText = try value(.timestamp)
    signatureText = try value(.signature)
    try Self.checkID(id)
    timestamp = try Self.seconds(timestampText)
  }

  private static func checkID(_ id: String) throws(WebhookProblem) {
    guard (1...longestID).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw WebhookProblem(
        .malformedID,
        message: "`webhook-id` must be 1 to \(longestID) visible ASCII characters; found \(quoted(id))")
    }
    // The signed parts are joined by dots: `a.12` sent at 34 and `a` sent at 12 would
    // have the same signature.
    guard !id.split(separator: ".", omittingEmptySubsequences: false).dropFirst().contains(where: isDigits)
    else {
      throw WebhookProblem(
        .malformedID, message: "`webhook-id` must not contain a number after a dot; found \(quoted(id))")
    }
  }

  private static func seconds(_ text: String) throws(WebhookProblem) -> Int64 {
    guard isDigits(text[...]), let seconds = Int64(text) else {
      throw WebhookProblem(
        .malformedTimestamp,
        message: "`webhook-timestamp` must be a whole number of seconds since 1970; found \(quoted(text))")
    }
    return seconds
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The signature of this claim with `body` under `key`.
  func code(of body: [UInt8], under key: SymmetricKey) -> HashedAuthenticationCode<SHA256> {
    var code = HMAC<SHA256>(key: key)
    code.update(data: Data("\(id).\(timestampText).".utf8))
    code.update(data: body)
    return code.finalize()
  }
}

/// The beginning of a header's value, safe for a message.
func quoted(_ value: String) -> String {
  let shown = 60
  let scalars = value.unicodeScalars
  let beginning = displayText(String(String.UnicodeScalarView(scalars.prefix(shown))))
  return "\"\(beginning)\(scalars.dropFirst(shown).isEmpty ? "" : "…")\""
}

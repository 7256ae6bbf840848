import Crypto
import Foundation

/// A secret with which the provider signs webhooks. It is only ever used to compute signatures.
///
/// It has no readable description, no mirror and no `Codable` form, so that no log or report
/// can contain it by accident.
public struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// The smallest length of a secret, in bytes.
  public static let minimumByteCount = 8

  /// The secret as it was given.
  let text: String
  /// The keys that the secret may mean.
  let keys: [SymmetricKey]

  /// A secret in the provider's form: plain text, `whsec_` and base64 (padding
  /// optional), or hexadecimal digits.
  ///
  /// White space around it is removed. `nil` if fewer than 8 bytes are left. If a text can be read in several
  /// ways, each is tried: without the secret, a signature cannot be computed under any of them.
  public init?(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let readings = Self.readings(of: trimmed)
    guard !readings.isEmpty else { return nil }
    self.text = trimmed
    keys = readings.map { SymmetricKey(data: $0) }
  }

  /// The keys that `text` can mean, the likeliest first, without those that are too short.
  static func readings(of text: String) -> [[UInt8]] {
    let plain = Array(text.utf8)
    let encoded = encodedPart(of: text)
    // The prefix is not part of the secret, so the rest must be long enough by itself.
    let isLong = (encoded?.utf8.count ?? plain.count) >= minimumByteCount
    return [encoded.flatMap(base64), hexadecimal(text), isLong ? plain : nil]
      .compactMap { $0 }.filter { $0.count >= minimumByteCount }
  }

  /// The part after the prefix of the Standard Webhooks form; `nil` if there is no such prefix.
  static func encodedPart(of text: String) -> String? {
    let prefix = "whsec_"
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// The bytes of a base64 text, in either alphabet, with or without padding.
  static func base64(_ text: String) -> [UInt8]? {
    let digits = text.replacing("-", with: "+").replacing("_", with: "/").trimmingSuffix { $0 == "=" }
    let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
    return Data(base64Encoded: digits + padding).map(Array.init)
  }

  /// The bytes of a hexadecimal text, two digits each.
  static func hexadecimal(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      let pair = digits[start..<start + 2]
      // A sign is not a digit, but the initialiser accepts one.
      guard pair.first != UInt8(ascii: "+"), pair.first != UInt8(ascii: "-"),
        let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// Three dots, in place of the secret.
  public var description: String { "…" }

  /// An empty mirror.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
  /// The text without the characters at the end that satisfy `predicate`.
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var kept = self[...]
    while let last = kept.last, predicate(last) { kept.removeLast() }
    return String(kept)
  }
}

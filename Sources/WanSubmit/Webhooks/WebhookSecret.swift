import Crypto
import Foundation

/// What the provider signs webhooks with: it goes into the signature, and nowhere else.
///
/// It has no description, no mirror and no coding, so that no log or report can hold it by accident.
public struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// The fewest bytes that a secret has.
  public static let minimumByteCount = 8

  /// The secret as it was given.
  let text: String
  /// What it may be as the key of a signature.
  let keys: [SymmetricKey]

  /// A secret as the provider shows it: plain text, `whsec_` and base64 (padding optional), or hexadecimal digits.
  ///
  /// White space around it is left out. `nil` if fewer than 8 bytes are left. A text that can be read in several ways is
  /// tried in each: nobody without the secret can compute a signature under either.
  public init?(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let readings = Self.readings(of: trimmed)
    guard !readings.isEmpty else { return nil }
    self.text = trimmed
    keys = readings.map { SymmetricKey(data: $0) }
  }

  /// The keys that `text` can mean, the likeliest first; those that are too short are left out.
  static func readings(of text: String) -> [[UInt8]] {
    let plain = Array(text.utf8)
    let encoded = encodedPart(of: text)
    // The prefix is no secret: what follows it has to be long enough by itself.
    let isLong = (encoded?.utf8.count ?? plain.count) >= minimumByteCount
    return [encoded.flatMap(base64), hexadecimal(text), isLong ? plain : nil]
      .compactMap { $0 }.filter { $0.count >= minimumByteCount }
  }

  /// What follows the prefix of the Standard Webhooks form; `nil` if there is no such prefix.
  static func encodedPart(of text: String) -> String? {
    let prefix = "whsec_"
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// The bytes that base64 spells, in either alphabet, with or without padding.
  static func base64(_ text: String) -> [UInt8]? {
    let digits = text.replacing("-", with: "+").replacing("_", with: "/").trimmingSuffix { $0 == "=" }
    let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
    return Data(base64Encoded: digits + padding).map(Array.init)
  }

  /// The bytes that hexadecimal digits spell, two a byte.
  static func hexadecimal(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      let pair = digits[start..<start + 2]
      // A sign is no digit, though the initialiser takes one.
      guard pair.first != UInt8(ascii: "+"), pair.first != UInt8(ascii: "-"),
        let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// Three dots.
  public var description: String { "…" }

  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
  /// The text without the characters at its end that satisfy `predicate`.
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var kept = self[...]
    while let last = kept.last, predicate(last) { kept.removeLast() }
    return String(kept)
  }
}

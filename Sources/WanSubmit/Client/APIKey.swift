import Crypto
import Foundation
import MediaFacts

/// The API key of an account with the provider. It is only ever written to a request's header.
///
/// It has no readable description, no mirror and no `Codable` form, so that no log or report
/// can contain it by accident.
public struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// The key in the form that is sent.
  let text: String

  /// A key, without the white space around it; `nil` if it is empty, too long, or not valid in a header.
  public init?(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty, trimmed.utf8.count <= 4096,
      trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.text = trimmed
  }

  /// The SHA-256 of the key in lower-case hex; it distinguishes accounts.
  public var digest: String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

  /// Three dots, in place of the key.
  public var description: String { "…" }

  /// An empty mirror.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

import Crypto
import Foundation
import MediaFacts

/// The key of an account with the provider: it goes into a request's header, and nowhere else.
///
/// It has no description, no mirror and no coding, so that no log or report can hold it by accident.
public struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// The key as it is sent.
  let text: String

  /// A key; white space around it is left out. `nil` if nothing is left, or if a header could not carry it.
  public init?(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty, trimmed.utf8.count <= 4096,
      trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.text = trimmed
  }

  /// The SHA-256 of the key in lower-case hex, which tells accounts apart.
  public var digest: String { SHA256.hash(data: Data(text.utf8)).hexadecimal }

  /// Three dots.
  public var description: String { "…" }

  /// Nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

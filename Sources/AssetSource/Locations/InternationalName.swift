import Foundation

/// Internationalised domain names: Foundation maps them as UTS #46 says, so that they need no tables here.
enum InternationalName {
  /// The ASCII form of a name with non-ASCII letters, or `nil` if it has none.
  static func ascii(_ name: String) -> String? {
    // Nothing but a host may be in the text that is parsed.
    guard !name.unicodeScalars.contains(where: { "/?#@:[]%\\".unicodeScalars.contains($0) }) else {
      return nil
    }
    guard let host = URLComponents(string: "http://\(name)/")?.encodedHost else { return nil }
    // Without its tables (a Foundation that is built small) the host comes back percent-encoded.
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 < 0x80 }), !host.contains("%") else { return nil }
    return host.lowercased()
  }
}

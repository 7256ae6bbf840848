import Foundation

/// The host of a URL, normalised: one spelling for every way to write the same host.
public struct URLHost: Sendable, Hashable, CustomStringConvertible {
  /// What the host is.
  public enum Kind: Sendable, Hashable {
    /// A name for the DNS.
    case name
    /// A literal address. There is more than one if programs read the text differently, as with `010.0.0.1`; the usual
    /// reading is first.
    case address([IPAddress])
  }

  /// What the host is.
  public let kind: Kind
  /// The normalised text: a lower-case ASCII name without trailing dot (IDNA applied), or the canonical text
  /// of an address, IPv6 without brackets.
  public let text: String

  /// The host of an address.
  public init(_ address: IPAddress) {
    self.init(.address([address]), address.description)
  }

  /// The host as it is written in a URL, IPv6 in brackets.
  public var description: String {
    if case .address(let readings) = kind, case .v6 = readings.first { return "[\(text)]" }
    return text
  }

  /// The address, if the host is one, as `inet_aton` reads it.
  package var literal: IPAddress? {
    if case .address(let readings) = kind { readings.first } else { nil }
  }

  /// Reads a host as it is written in a URL.
  init(written: Substring) throws(AssetURLProblem) {
    if written.isEmpty { throw AssetURLProblem(.hostMissing, "there is no host") }
    if written.hasPrefix("[") {
      self.init(.v6(try Self.bracketed(written)))
      return
    }
    if written.utf8.contains(UInt8(ascii: "%")) {
      throw AssetURLProblem(.badHost, "the host is percent-encoded; write it plainly")
    }
    var name = written.utf8.allSatisfy { $0 < 0x80 } ? written.lowercased() : try Self.international(written)
    if name.hasSuffix(".") { name.removeLast() }
    if IPv4Address.claims(name) {
      let readings = IPv4Address.readings(of: name)
      guard let first = readings.first else {
        throw AssetURLProblem(.badHost, "the host ends in a number but is not an IPv4 address")
      }
      self.init(.address(readings.map { .v4($0) }), first.description)
      return
    }
    try Self.checkName(name)
    self.init(.name, name)
  }

  private init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  private static func bracketed(_ written: Substring) throws(AssetURLProblem) -> IPv6Address {
    guard written.hasSuffix("]"), written.utf8.count > 2 else {
      throw AssetURLProblem(.badIPv6, "the bracket of the IPv6 address is not closed, or is empty")
    }
    let inside = String(written.dropFirst().dropLast())
    if inside.contains("%") { throw AssetURLProblem(.zone, "the IPv6 address has a zone") }
    guard let address = IPv6Address(inside) else {
      throw AssetURLProblem(.badIPv6, "the host in brackets is not an IPv6 address")
    }
    return address
  }

  private static func international(_ written: Substring) throws(AssetURLProblem) -> String {
    let refusal = AssetURLProblem(
      .badInternationalHost, "the host has characters that no internationalised domain name may have")
    // IDNA removes these characters, so two different texts would be one host.
    guard written.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .format }),
      let name = Self.ascii(String(written))
    else { throw refusal }
    return name
  }

  /// The ASCII form of a name with non-ASCII letters, or `nil` if it has none. Foundation maps names by UTS #46, so no
  /// tables are needed here.
  private static func ascii(_ name: String) -> String? {
    // The text that Foundation parses must contain only a host.
    guard !name.unicodeScalars.contains(where: { "/?#@:[]%\\".unicodeScalars.contains($0) }),
      let host = URLComponents(string: "http://\(name)/")?.encodedHost
    else { return nil }
    // A Foundation that was built without its tables returns the host percent-encoded.
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 < 0x80 }), !host.contains("%") else { return nil }
    return host.lowercased()
  }

  /// RFC 1123 lengths; letters, digits, hyphens, and the underscores that real servers have.
  private static func checkName(_ name: String) throws(AssetURLProblem) {
    if name.isEmpty { throw AssetURLProblem(.hostMissing, "there is no host") }
    guard name.utf8.count <= 253 else {
      throw AssetURLProblem(.badHost, "the host is longer than 253 characters")
    }
    for label in name.split(separator: ".", omittingEmptySubsequences: false) {
      if label.isEmpty { throw AssetURLProblem(.badHost, "the host has an empty label") }
      if label.utf8.count > 63 {
        throw AssetURLProblem(.badHost, "a label of the host is longer than 63 characters")
      }
      for scalar in label.unicodeScalars
      where !("a"..."z" ~= scalar || "0"..."9" ~= scalar || scalar == "-" || scalar == "_") {
        throw AssetURLProblem(.badHost, "the host has the character \(displayText(String(scalar)))")
      }
    }
  }
}

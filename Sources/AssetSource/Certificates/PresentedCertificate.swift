import AssetOpening
import Locations
import SwiftASN1

/// The dates and names in a certificate that can explain why it is refused. None of them is verified.
///
/// Keys and signatures are not read: a certificate that is refused often has a key that libraries refuse, too.
///
/// Source: RFC 5280, 4.1 and 4.2.1.6.
package struct PresentedCertificate: Sendable, Hashable {
  /// The first second in which it is valid, since 1970.
  var validFrom: Int64
  /// The last second in which it is valid, since 1970.
  var validUntil: Int64
  /// The host names and addresses that it is for.
  package var names: [String]
  /// Whether it names itself as its issuer.
  var isSelfIssued: Bool

  /// Certificates have a few kilobytes; larger ones are not read.
  private static let mostBytes = 128 << 10

  /// A certificate with these dates and names.
  init(validFrom: Int64, validUntil: Int64, names: [String], isSelfIssued: Bool) {
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.names = names
    self.isSelfIssued = isSelfIssued
  }

  /// Reads a certificate in DER; `nil` if it is not one.
  package init?(der: [UInt8]) {
    guard der.count <= Self.mostBytes, let certificate = try? DER.parse(der),
      let body = certificate.children.first
    else { return nil }
    // The version comes first, and is optional; then serial number, algorithm, issuer, validity, subject and key.
    let fields = Array(body.children.drop { $0.identifier == Self.field(0) })
    guard fields.count >= 6, fields[0].identifier == .integer,
      fields[1...5].allSatisfy({ $0.identifier == .sequence }), fields[3].children.count == 2,
      let from = Self.seconds(fields[3].children[0]), let until = Self.seconds(fields[3].children[1])
    else { return nil }
    validFrom = from
    validUntil = until
    isSelfIssued = fields[2].encodedBytes == fields[4].encodedBytes
    names = fields[6...].first { $0.identifier == Self.field(3) }.map(Self.names) ?? []
  }

  /// `250101000000Z`, where years from 50 on are of the last century, or `20250101000000Z`.
  private static func seconds(_ node: ASN1Node) -> Int64? {
    guard case .primitive(let bytes) = node.content else { return nil }
    var digits = String(decoding: bytes, as: UTF8.self)
    switch (node.identifier, bytes.count) {
    case (.utcTime, 13): digits = (digits < "5" ? "20" : "19") + digits
    case (.generalizedTime, 15): break
    default: return nil
    }
    guard digits.utf8.count == 15, digits.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return LinkTime.compact("\(digits.prefix(8))T\(digits.dropFirst(8))")
  }

  /// The names in the extension `subjectAltName`.
  private static func names(_ extensions: ASN1Node) -> [String] {
    for entry in extensions.children.flatMap(\.children) {
      // An identifier, perhaps whether it is critical, and the content, wrapped in a string of bytes.
      let fields = entry.children
      guard let identifier = fields.first, let content = fields.last,
        (try? ASN1ObjectIdentifier(derEncoded: identifier)) == [2, 5, 29, 17],
        case .primitive(let bytes) = content.content
      else { continue }
      return (try? DER.parse(bytes))?.children.compactMap(name) ?? []
    }
    return []
  }

  private static func name(_ node: ASN1Node) -> String? {
    guard case .primitive(let bytes) = node.content else { return nil }
    switch node.identifier {
    case field(2): return String(decoding: bytes, as: UTF8.self)
    case field(7): return IPAddress(bytes: Array(bytes)).map { "\($0)" }
    default: return nil
    }
  }

  private static func field(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}

extension ASN1Node {
  fileprivate var children: [ASN1Node] {
    if case .constructed(let nodes) = content { Array(nodes) } else { [] }
  }
}

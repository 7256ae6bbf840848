import AssetOpening
import Locations

/// What a certificate says of itself, as far as it explains why nobody accepts it; nothing of it is proved.
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

  /// What a certificate says.
  init(validFrom: Int64, validUntil: Int64, names: [String], isSelfIssued: Bool) {
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.names = names
    self.isSelfIssued = isSelfIssued
  }

  /// Reads a certificate in DER; `nil` if it cannot be read.
  package init?(der: [UInt8]) {
    var outermost = DERReader(der[...])
    guard var certificate = outermost.next(Tag.sequence)?.reader,
      var body = certificate.next(Tag.sequence)?.reader
    else { return nil }
    _ = body.next(Tag.version)
    guard body.next(Tag.integer) != nil, body.next(Tag.sequence) != nil,
      let issuer = body.next(Tag.sequence),
      var validity = body.next(Tag.sequence)?.reader,
      let from = validity.next().flatMap(Self.seconds), let until = validity.next().flatMap(Self.seconds),
      let subject = body.next(Tag.sequence), body.next(Tag.sequence) != nil
    else { return nil }
    validFrom = from
    validUntil = until
    isSelfIssued = issuer == subject
    names = []
    while let element = body.next() {
      if element.tag == Tag.extensions { names = Self.names(element) }
    }
  }

  private enum Tag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let octets: UInt8 = 0x04
    static let identifier: UInt8 = 0x06
    static let shortTime: UInt8 = 0x17
    static let longTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let version: UInt8 = 0xA0
    static let extensions: UInt8 = 0xA3
    static let hostName: UInt8 = 0x82
    static let address: UInt8 = 0x87
  }

  /// `250101000000Z`, where years from 50 on are of the last century, or `20250101000000Z`.
  private static func seconds(_ element: DERReader.Element) -> Int64? {
    var digits = String(decoding: element.content, as: UTF8.self)
    switch (element.tag, digits.utf8.count) {
    case (Tag.shortTime, 13): digits = (digits < "5" ? "20" : "19") + digits
    case (Tag.longTime, 15): break
    default: return nil
    }
    guard digits.utf8.count == 15, digits.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return LinkTime.compact("\(digits.prefix(8))T\(digits.dropFirst(8))")
  }

  /// The extension `subjectAltName`, 2.5.29.17.
  private static func names(_ extensions: DERReader.Element) -> [String] {
    var outer = extensions.reader
    guard var list = outer.next(Tag.sequence)?.reader else { return [] }
    while let entry = list.next() {
      var fields = entry.reader
      guard fields.next(Tag.identifier)?.content.elementsEqual([0x55, 0x1D, 0x11]) == true else { continue }
      _ = fields.next(Tag.boolean)
      guard var wrapped = fields.next(Tag.octets)?.reader, var names = wrapped.next(Tag.sequence)?.reader
      else {
        return []
      }
      var found: [String] = []
      while let name = names.next() {
        switch name.tag {
        case Tag.hostName: found.append(String(decoding: name.content, as: UTF8.self))
        case Tag.address:
          if let address = IPAddress(bytes: Array(name.content)) { found.append("\(address)") }
        default: break
        }
      }
      return found
    }
    return []
  }
}

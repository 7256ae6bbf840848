import FixtureKit
import Foundation
import ServerKit
import Testing

@testable import AssetSource

/// Certificates are as hostile as any other bytes.
@Suite struct PresentedCertificateTests {
  private func der(_ flaw: ThrowawayAuthority.Flaw, for names: [String]) throws -> [UInt8] {
    let authority = try ThrowawayAuthority()
    let text = try String(contentsOf: authority.certificate(flaw, for: names).chain, encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }
    return try [UInt8](#require(Data(base64Encoded: lines.joined())))
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func itSaysWhatItSays() throws {
    let names = ["cdn.example.net", "*.example.org", "192.0.2.1", "2001:db8::1"]
    let certificate = try #require(PresentedCertificate(der: der(.expired, for: names)))
    #expect(certificate.validFrom == 1_577_836_800)
    #expect(certificate.validUntil == 1_580_515_200)
    #expect(certificate.names == names)
    #expect(!certificate.isSelfIssued)
    #expect(try #require(PresentedCertificate(der: der(.selfSigned, for: names))).isSelfIssued)
    #expect(try #require(PresentedCertificate(der: der(.early, for: names))).validFrom == 4_102_444_800)
  }

  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func damageIsSurvived() throws {
    let sound = try der(.none, for: ["cdn.example.net"])
    for length in 0..<sound.count { #expect(PresentedCertificate(der: Array(sound.prefix(length))) == nil) }
    for place in sound.indices {
      for value in [0x00, 0x7F, 0x80, 0x84, 0xFF] as [UInt8] {
        var damaged = sound
        damaged[place] = value
        _ = PresentedCertificate(der: damaged)
      }
    }
  }

  /// Old servers have keys that libraries refuse; the certificate must still show why it is refused.
  @Test(.enabled(if: ThrowawayAuthority.isAvailable))
  func aWeakKeyIsNoObstacle() throws {
    let openssl = try #require(Program(named: "openssl"))
    let made = try openssl.run([
      "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", "/dev/null", "-outform", "DER", "-days",
      "2",
      "-subj", "/CN=old.test", "-addext", "subjectAltName=DNS:old.test",
    ])
    try #require(made.status == 0, "\(made.errors)")
    let certificate = try #require(PresentedCertificate(der: Array(made.output)))
    #expect(certificate.names == ["old.test"] && certificate.isSelfIssued)
  }

  /// A parser must be bounded in depth and size, whatever the lengths say.
  @Test func nestingAndSizeAreBounded() {
    var nested: [UInt8] = [0x05, 0x00]
    for _ in 0..<60_000 {
      let length = nested.count
      nested =
        (length < 128
          ? [0x30, UInt8(length)] : [0x30, 0x83] + [16, 8, 0].map { UInt8(length >> $0 & 0xFF) }) + nested
      if nested.count > 8192 { break }
    }
    #expect(PresentedCertificate(der: nested) == nil)
    #expect(
      PresentedCertificate(der: [0x30, 0x83, 0x02, 0, 0] + [UInt8](repeating: 0x05, count: 131_072)) == nil)
    #expect(PresentedCertificate(der: [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
    #expect(PresentedCertificate(der: [UInt8](repeating: 0x30, count: 60_000)) == nil)
  }

  private static func certificate(
    _ from: Int64, _ until: Int64, names: [String] = [], isSelfIssued: Bool = false
  ) -> PresentedCertificate {
    PresentedCertificate(validFrom: from, validUntil: until, names: names, isSelfIssued: isSelfIssued)
  }

  @Test func theMostTellingFaultIsNamed() {
    let now = 1000.0
    let good = Self.certificate(0, 2000)
    let old = Self.certificate(0, 999, isSelfIssued: true)
    #expect(CertificateComplaint.unverified([], now: now) == nil)
    #expect(
      CertificateComplaint.unverified([old], now: now)
        == "the server's certificate expired at 1970-01-01T00:16:39Z")
    #expect(
      CertificateComplaint.unverified([good, old], now: now)
        == "a certificate in the server's chain expired at 1970-01-01T00:16:39Z")
    #expect(
      CertificateComplaint.unverified([good, good], now: now)
        == "the server's certificate was issued by an authority that is not trusted")
  }

  @Test func namesAreShownWithCare() {
    let names = ["\u{1B}[2J.test", String(repeating: "a", count: 500), "b.test", "c.test", "d.test"]
    let message = CertificateComplaint.otherHost([Self.certificate(0, 1, names: names)]) ?? ""
    #expect(message.hasPrefix("the server's certificate is for another host name: \\u{1B}[2J.test, aaa"))
    #expect(message.hasSuffix("a, b.test, c.test and 1 more"))
    #expect(message.count < 250)
  }
}

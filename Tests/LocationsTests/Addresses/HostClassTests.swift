import Testing

@testable import Locations

@Suite struct HostClassTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let host: String
    let code: HostClass.Code
    let reason: String?
    var testDescription: String { host }

    init(_ host: String, _ code: HostClass.Code, _ reason: String? = nil) {
      (self.host, self.code, self.reason) = (host, code, reason)
    }
  }

  static let numbers: [Case] = [
    Case("127.0.0.1", .loopback, "loopback address 127.0.0.1"),
    Case("2130706433", .loopback, "loopback address 127.0.0.1"),
    Case("0x7f.1", .loopback, "loopback address 127.0.0.1"),
    Case("0X7F000001", .loopback, "loopback address 127.0.0.1"),
    Case("017700000001", .loopback, "loopback address 127.0.0.1"),
    Case("127.1", .loopback, "loopback address 127.0.0.1"),
    Case("127.0.0.1.", .loopback, "loopback address 127.0.0.1"),
    Case("127.0.1", .loopback, "loopback address 127.0.0.1"),
    Case("0177.0.0.01", .loopback, "loopback address 127.0.0.1"),
    Case("0", .loopback, "unspecified address 0.0.0.0"),
    Case("0x", .loopback, "unspecified address 0.0.0.0"),
    Case("0.0.0.1", .reserved),
    // Octal to some, decimal to others: 8.8.8.8 or 10.8.8.8.
    Case("010.8.8.8", .privateNetwork, "private address 10.8.8.8"),
    Case("012.8.8.8", .privateNetwork, "private address 10.8.8.8"),
    Case("08.8.8.8", .public),
    Case("10.255.255.255", .privateNetwork),
    Case("11.0.0.0", .public),
    Case("100.63.255.255", .public),
    Case("100.64.0.0", .carrierNAT, "carrier NAT address 100.64.0.0"),
    Case("100.127.255.255", .carrierNAT),
    Case("100.128.0.0", .public),
    Case("169.253.255.255", .public),
    Case("169.254.1.1", .linkLocal),
    Case("172.15.255.255", .public),
    Case("172.16.0.0", .privateNetwork),
    Case("172.31.255.255", .privateNetwork),
    Case("172.32.0.0", .public),
    Case("192.0.0.8", .reserved),
    Case("192.0.1.0", .public),
    Case("192.0.2.1", .reserved, "documentation address 192.0.2.1"),
    Case("192.88.99.1", .reserved),
    Case("192.168.1.1", .privateNetwork),
    Case("192.169.0.0", .public),
    Case("198.18.0.1", .reserved, "benchmarking address 198.18.0.1"),
    Case("198.19.255.255", .reserved),
    Case("198.20.0.0", .public),
    Case("198.51.100.1", .reserved),
    Case("203.0.113.1", .reserved),
    Case("223.255.255.255", .public),
    Case("224.0.0.1", .multicast),
    Case("240.0.0.1", .reserved),
    Case("255.255.255.255", .multicast, "broadcast address 255.255.255.255"),
    Case("8.8.8.8", .public, "public address 8.8.8.8"),
    Case("134744072", .public, "public address 8.8.8.8"),
    Case("169.254.169.254", .metadata),
    Case("0xa9fea9fe", .metadata),
    Case("2852039166", .metadata),
    Case("100.100.100.200", .metadata),
    Case("169.254.170.2", .metadata),
    Case("168.63.129.16", .metadata),
    Case("192.0.0.192", .metadata),
  ]

  static let groups: [Case] = [
    Case("[::]", .loopback, "unspecified address ::"),
    Case("[::1]", .loopback, "loopback address ::1"),
    Case("[0:0:0:0:0:0:0:1]", .loopback),
    Case(
      "[::ffff:127.0.0.1]", .loopback,
      "IPv4-mapped address ::ffff:127.0.0.1, which carries loopback address 127.0.0.1"),
    Case("[::ffff:7f00:1]", .loopback),
    Case("[::ffff:8.8.8.8]", .public),
    Case("[::ffff:169.254.169.254]", .metadata),
    Case("[::127.0.0.1]", .loopback),
    Case("[::8.8.8.8]", .transition),
    Case("[::169.254.169.254]", .metadata),
    Case("[::ffff:0:10.0.0.1]", .privateNetwork),
    Case("[::ffff:0:8.8.8.8]", .transition),
    Case("[64:ff9b::8.8.8.8]", .public),
    Case("[64:ff9b::10.0.0.1]", .privateNetwork),
    Case("[64:ff9b::a9fe:a9fe]", .metadata),
    Case("[64:ff9b:1::8.8.8.8]", .privateNetwork),
    Case("[64:ff9b:1::127.0.0.1]", .loopback),
    Case("[2002:7f00:1::]", .loopback),
    Case("[2002:808:808::1]", .transition),
    Case("[2002:a9fe:a9fe::]", .metadata),
    Case("[2001:0:808:808::f7f7:f7f7]", .transition),
    Case("[2001:0:808:808::80ff:fffe]", .loopback),
    Case("[2001:0:a00:1::f7f7:f7f7]", .privateNetwork),
    Case("[2001:2::1]", .reserved, "benchmarking address 2001:2::1"),
    Case("[2001:10::1]", .reserved),
    Case("[2001:200::1]", .public),
    Case("[2001:db8::1]", .reserved, "documentation address 2001:db8::1"),
    Case("[2001:db9::1]", .public),
    Case("[3fff::1]", .reserved),
    Case("[3fff:1000::1]", .public),
    Case("[100::1]", .reserved, "discard address 100::1"),
    Case("[100:0:0:1::1]", .reserved, "reserved address 100:0:0:1::1"),
    Case("[fc00::1]", .privateNetwork, "unique local address fc00::1"),
    Case("[fdff::1]", .privateNetwork),
    Case("[fe80::1]", .linkLocal),
    Case("[fec0::1]", .privateNetwork, "site-local address fec0::1"),
    Case("[ff02::1]", .multicast),
    Case("[4000::1]", .reserved),
    Case("[5f00::1]", .reserved),
    Case("[2606:4700::1111]", .public, "public address 2606:4700::1111"),
    Case("[fd00:ec2::254]", .metadata),
    Case("[fe80::a9fe:a9fe]", .metadata),
  ]

  static let names: [Case] = [
    Case("localhost", .loopback, "loopback name localhost"),
    Case("LOCALHOST.", .loopback),
    Case("ℒocalhost", .loopback),
    Case("a.localhost", .loopback),
    Case("intranet", .localName, "name without a dot: intranet"),
    Case("printer.local", .localName),
    Case("db.internal", .localName),
    Case("nas.lan", .localName),
    Case("a.home.arpa", .localName),
    Case("home.arpa", .localName),
    Case("a.test", .localName),
    Case("a.invalid", .localName),
    Case("a.example", .localName),
    Case("a.onion", .localName),
    Case("a.corp", .localName),
    Case("a.home", .localName),
    Case("metadata.google.internal", .metadata),
    Case("Metadata.Google.Internal.", .metadata),
    Case("instance-data", .metadata),
    Case("localhost.net", .public),
    Case("local.net", .public),
    Case("xhome.arpa", .public),
    Case("cdn.example.net", .public, "public name cdn.example.net"),
    Case("bücher.net", .public),
  ]

  @Test(arguments: numbers + groups + names)
  func classifies(_ expected: Case) throws {
    let reading = AssetURL.read("http://\(expected.host)/")
    let url = try #require(reading.url, "\(reading.problems)")
    let found = HostClass(url.host)
    #expect(found.code == expected.code)
    if let reason = expected.reason { #expect(found.reason == reason) }
    #expect(found.isPublic == (expected.code == .public))
  }

  @Test func classifiesWhatAResolverAnswers() throws {
    let loopback = try #require(IPAddress(bytes: [127, 0, 0, 1]))
    #expect(HostClass(loopback).reason == "loopback address 127.0.0.1")
    var bytes = [UInt8](repeating: 0, count: 16)
    (bytes[0], bytes[15]) = (0xFE, 1)
    bytes[1] = 0x80
    #expect(HostClass(try #require(IPAddress(bytes: bytes))).code == .linkLocal)
    #expect(IPAddress(bytes: [127, 0, 0]) == nil)
    #expect(IPAddress(bytes: []) == nil)
  }

  @Test func metadataStaysClosedWhenPrivateHostsAreAllowed() {
    let strict = AddressPolicy()
    let lenient = AddressPolicy(allowsPrivateHosts: true)
    for code in [HostClass.Code.loopback, .privateNetwork, .linkLocal, .carrierNAT, .localName, .transition] {
      #expect(!strict.admits(HostClass(code, reason: "")))
      #expect(lenient.admits(HostClass(code, reason: "")))
    }
    #expect(strict.admits(HostClass(.public, reason: "")))
    #expect(!strict.admits(HostClass(.metadata, reason: "")))
    #expect(!lenient.admits(HostClass(.metadata, reason: "")))
  }

  @Test(arguments: [
    "::", "::1", "1::", "1::8", "1:2:3:4:5:6:7:8", "1:0:0:4::8", "1:0:3:4:5:6:7:8", "2001:db8::1:0:0:1",
    "::ffff:1.2.3.4",
    "0:0:3:4:5:6:7:8",
  ])
  func writesIPv6AsRFC5952Says(_ text: String) throws {
    let expected = text == "0:0:3:4:5:6:7:8" ? "::3:4:5:6:7:8" : text
    #expect(try #require(IPv6Address(text)).description == expected)
  }

  /// A misspelled row would cover nothing, or everything.
  @Test func everyRowOfTheTableCanBeRead() {
    for row in SpecialPurposeAddresses.rows {
      switch row.base {
      case .v4(let base): #expect((0...32).contains(row.bits) && base.value << row.bits == 0, "\(row)")
      case .v6(let base): #expect((0...128).contains(row.bits) && base.value << row.bits == 0, "\(row)")
      case nil: Issue.record("\(row)")
      }
    }
    for text in SpecialPurposeAddresses.metadataServices.keys {
      #expect(IPAddress(text)?.description == text)
    }
  }
}

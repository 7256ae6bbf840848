import AssetOpening
import AssetSource
import Locations
import ServerKit
import Testing

/// A signature covers the bytes of a URL, so a server has to receive them unchanged.
@Suite struct RequestTargetTests {
  static let targets = [
    "/a//b", "//a", "///", "/a/./b/../c", "/a%2Fb", "/%2e%2e/a", "/%00%0d%0a", "/a;b=c,d",
    "/a:b@c!$&'()*+",
    "/a?", "/a??b?/c", "/?", "/a?b=c&d=%7e~%7E", "/a?x=+%20'*'", "/a.", "/a/.", "/a/..", "/..",
    "/a?..",
    "/http://b/c", "/a?b=%FF%e4", "/a?http://b@c:1/",
  ]

  @Test func theTargetIsSentByteForByte() async throws {
    try await withServer { server in
      for target in Self.targets { _ = await Fetching().whole(server.url(target)) }
      #expect(server.log.map(\.target) == Self.targets)
    }
  }

  @Test(arguments: ["/%FF", "/a/~%e4/b.png?c=d"])
  func whatCannotBeAskedForIsNotReplaced(_ target: String) async throws {
    try await withServer(["/": [.whole(Content([1]))]]) { server in
      #expect(await Fetching().whole(server.url(target)).failure?.code == .unreachable)
      #expect(server.log.isEmpty)
    }
  }

  @Test func aFragmentIsNotSent() async throws {
    try await withServer { server in
      _ = await Fetching().whole(server.url("/a#b?c"))
      #expect(server.log.map(\.target) == ["/a"])
    }
  }

  /// A problem with the name must be found before a client is made for it.
  @Test(arguments: [
    "a_b.example.net", "-a.example.net", "xn--nxasmq6b.example.net", "a-.example.net", "1a.2b",
  ])
  func everyAcceptedNameReachesTheServer(_ host: String) async throws {
    try await withServer { server in
      let fetching = Fetching().with { $0.resolver = Loopback() }
      _ = await fetching.whole(server.url("/a", host: host))
      _ = await fetching.whole(server.url("/b", host: host.uppercased() + "."))
      #expect(server.log.map { $0["Host"] } == Array(repeating: "\(host):\(server.port.number)", count: 2))
    }
  }

  private struct Loopback: HostResolver {
    func addresses(of name: String) async throws(ResolutionError) -> [IPAddress] {
      IPAddress(bytes: [127, 0, 0, 1] as [UInt8]).map { [$0] } ?? []
    }
  }
}

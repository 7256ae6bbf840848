import AssetOpening
import AssetSource
import Locations
import ServerKit
import Testing

/// Who is contacted, and what they are told.
@Suite struct AddressVettingTests {
  /// Answers from a table; what is not in it does not exist.
  struct TableResolver: HostResolver {
    var table: [String: [IPAddress]]
    var failure: ResolutionError?

    func addresses(of name: String) async throws(ResolutionError) -> [IPAddress] {
      if let failure { throw failure }
      guard let addresses = table[name] else {
        throw ResolutionError(.noSuchName, message: "the name does not exist")
      }
      return addresses
    }
  }

  static let loopback = IPAddress.v4(IPv4Address(0x7F00_0001))
  static let publicAddress = IPAddress.v4(IPv4Address(0x5DB8_D70E))

  private func fetching(_ table: [String: [IPAddress]], allowingPrivate: Bool = true) -> Fetching {
    Fetching().with { fetching in
      fetching.resolver = TableResolver(table: table)
      fetching.options.policy = AddressPolicy(allowsPrivateHosts: allowingPrivate)
    }
  }

  @Test func aNameIsPinnedToItsVettedAddress() async throws {
    try await withServer(["/asset": [.ranged(Content([1, 2, 3]))]]) { server in
      // The name exists in no DNS: only the pin can lead there.
      let fetching = fetching(["media.pinned-cdn.net": [Self.loopback]])
      let fetched = await fetching.whole(server.url("/asset", host: "MEDIA.Pinned-CDN.net"))
      #expect(fetched.holds([1, 2, 3]))
      #expect(server.log.first?["Host"] == "media.pinned-cdn.net:\(server.port.number)")
      #expect(fetched.delivery?.exception?.code == .loopback)
    }
  }

  @Test func oneAddressThatIsNotPublicRefusesTheHost() async throws {
    try await withServer(["/asset": [.whole(Content([1]))]]) { server in
      let fetching = fetching(
        ["mixed.example-cdn.net": [Self.publicAddress, Self.loopback]], allowingPrivate: false)
      let fetched = await fetching.whole(server.url("/asset", host: "mixed.example-cdn.net"))
      #expect(fetched.failure?.code == .notPublic)
      #expect(fetched.failure?.hostClass?.code == .loopback)
      #expect(fetched.failure?.message == "mixed.example-cdn.net resolves to loopback address 127.0.0.1")
      #expect(server.activity.connections == 0)
    }
  }

  @Test func metadataServicesStayClosed() async throws {
    let metadata = try #require(IPAddress(bytes: [169, 254, 169, 254]))
    let fetched = await fetching(["cloud.test": [Self.loopback, metadata]]).whole("http://cloud.test/asset")
    #expect(fetched.failure?.code == .notPublic)
    #expect(fetched.failure?.hostClass?.code == .metadata)
  }

  @Test func everyHopIsVettedAnew() async throws {
    try await withServer(["/b": [.whole(Content([1]))]]) { server in
      let target = server.url("/b?token=secret", host: "inside.test")
      server["/a"] = [.redirect(to: target)]
      let table = [
        "outside.test": [Self.loopback],
        "inside.test": [try #require(IPAddress(bytes: [169, 254, 169, 254]))],
      ]
      let fetched = await fetching(table).whole(server.url("/a", host: "outside.test"))
      #expect(fetched.failure?.code == .notPublic)
      #expect(fetched.failure?.message.contains("the URL redirects to http://inside.test") == true)
      #expect(fetched.failure?.message.contains("secret") == false)
      #expect(server.log(of: "/b").isEmpty)
    }
  }

  @Test func theNextAddressIsTriedWhereNobodyListens() async throws {
    let deaf = try #require(IPAddress(bytes: [127, 0, 0, 2]))
    try await withServer(["/asset": [.ranged(Content([7]))]]) { server in
      let fetching = fetching(["two.test": [deaf, Self.loopback]])
      #expect(await fetching.whole(server.url("/asset", host: "two.test")).holds([7]))
    }
  }

  @Test func aNameThatDoesNotExistIsARefusal() async {
    let fetched = await fetching([:]).whole("https://nowhere.test/asset")
    #expect(fetched.failure?.code == .refused)
    #expect(fetched.failure?.message == "nowhere.test: the name does not exist")
  }

  @Test(arguments: [ResolutionError.Code.temporary, .timedOut])
  func aResolverThatCannotAnswerProvesNothing(_ code: ResolutionError.Code) async {
    let fetching = Fetching().with {
      $0.resolver = TableResolver(table: [:], failure: ResolutionError(code, message: "not now"))
    }
    #expect(await fetching.whole("https://nowhere.test/asset").failure?.code == .unreachable)
  }

  @Test func requestsSayNoMoreThanTheyMust() async throws {
    let target = "/a%2Fb//c/./d.png?X-Sig=%2b%20+&empty&=&a=b;c#fragment"
    try await withServer(["/a%2Fb//c/./d.png": [.ranged(Content([1])).adding("Set-Cookie", "a=b")]]) {
      server in
      var fetching = Fetching()
      fetching.options.userAgent = "wan-check/test"
      for _ in 1...2 { #expect(await fetching.whole(server.url(target)).failure == nil) }
      let request = try #require(server.log.last)
      // A signature covers the bytes of the target.
      #expect(request.target == "/a%2Fb//c/./d.png?X-Sig=%2b%20+&empty&=&a=b;c")
      #expect(request.method == "GET")
      #expect(request["User-Agent"] == "wan-check/test")
      #expect(request["Accept-Encoding"] == "identity")
      #expect(request["Range"] == "bytes=0-")
      #expect(
        Set(request.fields.map { $0.name.lowercased() })
          == ["host", "user-agent", "accept", "accept-encoding", "range", "connection"]
          || Set(request.fields.map { $0.name.lowercased() })
            == ["host", "user-agent", "accept", "accept-encoding", "range"]
      )
    }
  }

  @Test func redirectsAreCountedAndRemembered() async throws {
    let content = pattern(500_000)
    try await withServer([
      "/a": [.redirect(301, to: "b?x=1")], "/b": [.redirect(307, to: "/c")],
      "/c": [.ranged(Content(content, entityTag: "\"v1\""))],
    ]) { server in
      let fetched = await Fetching().parts(server.url("/a"), [(0, 10), (499_990, 10)])
      #expect(fetched.failure == nil)
      #expect(fetched.delivery?.redirects == 2)
      #expect(fetched.delivery?.requests == 4)
      #expect(fetched.delivery?.finalURL.text == server.url("/c"))
      #expect(server.log.map(\.target) == ["/a", "/b?x=1", "/c", "/c"])
    }
  }

  @Test func soManyAtATimeAndNoMore() async throws {
    let stalling = Answer.whole(Content([1])).breaking(.stall, .beforeHead)
    try await withServer(["/asset": [stalling], "/quick": [.ranged(Content([1]))]]) { server in
      var options = Fetching().options
      options.connections = 3
      let opener = HTTPAssetOpener(options)
      let (url, quick) = (server.url("/asset"), server.url("/quick"))
      let slow = (0..<3).map { index in
        Task { _ = try? await opener.open(AssetLocation("\(url)?\(index)"), OpenRequest(digestLimit: 100)) }
      }
      try await server.activity { $0.requestsInFlight == 3 }
      let waiting = (0..<5).map { index in
        Task { () -> String? in
          let asset = try? await opener.open(
            AssetLocation("\(quick)?\(index)"), OpenRequest(digestLimit: 100))
          return await asset?.finish().sha256
        }
      }
      // No fetch begins before another one has ended.
      #expect(server.log(of: "/quick").isEmpty)
      #expect(server.activity.peakRequestsInFlight == 3)
      for task in slow { task.cancel() }
      for task in waiting { #expect(await task.value != nil) }
      await opener.shutdown()
    }
  }

  @Test func cancellingEndsAFetchThatStalls() async throws {
    try await withServer(["/asset": [.whole(Content([1])).breaking(.stall, .beforeHead)]]) { server in
      let opener = HTTPAssetOpener(Fetching().options)
      let url = server.url("/asset")
      let task = Task { () async -> AssetError? in
        do throws(AssetError) {
          _ = try await opener.open(AssetLocation(url), OpenRequest(digestLimit: 100))
          return nil
        } catch { return error }
      }
      try await server.activity { $0.requestsInFlight == 1 }
      task.cancel()
      #expect(await task.value?.code == .cancelled)
      try await server.activity { $0.openConnections == 0 }
      await opener.shutdown()
    }
  }
}

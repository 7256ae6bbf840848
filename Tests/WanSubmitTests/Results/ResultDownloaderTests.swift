import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import ServerKit
import SystemPackage
import Testing

@testable import WanSubmit

/// An answer that is not a result, and the error of the download.
struct FailedDownload: Sendable, CustomTestStringConvertible {
  var name: String
  var answer: Answer
  var code: DownloadError.Code
  var words: String
  var isWorthAnotherTry: Bool

  var testDescription: String { name }
}

@Suite struct ResultDownloaderTests {
  private static let movie = pattern(300_000)
  private static let content = Content(movie, type: "video/mp4", entityTag: "\"v1\"")

  @Test func aResultIsWhole() async throws {
    let downloading = try Downloading()
    try await withServer(["/r/abc": [.ranged(Self.content)]]) { server in
      let result = try await downloading.download(server.url("/r/abc?sig=secret")).get()
      #expect(result.path == downloading.path.appending("shot.mp4"))
      #expect(result.bytes == 300_000)
      #expect(result.sha256 == sha256(Self.movie))
      #expect(!result.alreadyThere)
      #expect(downloading.holds("shot.mp4", Self.movie))
      #expect(downloading.names == ["shot.mp4"])
      #expect(server.log.first?["Authorization"] == nil)
      #expect(server.log.first?.fields.contains { $0.name.lowercased().hasPrefix("x-") } == false)
    }
  }

  @Test func othersMayReadItAsFarAsTheProcessLetsThem() async throws {
    let downloading = try Downloading()
    let usual = try downloading.folder.write("x", to: "usual")
    chmod(usual.path, 0o644)
    try await withServer(["/a.mp4": [.whole(Self.content)]]) { server in
      let path = try await downloading.download(server.url("/a.mp4")).get().path
      #expect(try path.stat().permissions.isSubset(of: [.ownerReadWrite, .groupRead, .otherRead]))
      #expect(try path.stat().permissions.isSuperset(of: .ownerReadWrite))
    }
  }

  @Test func aBrokenTransferIsTakenUpWhereItBrokeOff() async throws {
    let downloading = try Downloading()
    let answer = Answer.ranged(Self.content)
    try await withServer(["/a.mp4": [answer.breaking(.reset, .inBody(after: 100_000)), answer]]) { server in
      let result = try await downloading.download(server.url("/a.mp4")).get()
      #expect(result.sha256 == sha256(Self.movie))
      #expect(downloading.holds("shot.mp4", Self.movie))
      let ranges = server.log.compactMap { $0["Range"] }
      #expect(ranges.count == 2)
      #expect(ranges.last?.hasPrefix("bytes=0-") == false)
      #expect(server.log.last?["If-Range"] == "\"v1\"")
    }
  }

  @Test(arguments: [
    FailedDownload(
      name: "the link expired", answer: .status(403), code: .refused,
      words: "links to results expire", isWorthAnotherTry: true),
    FailedDownload(
      name: "gone", answer: .status(404), code: .refused, words: "404", isWorthAnotherTry: true),
    FailedDownload(
      name: "cut for good", answer: Answer.ranged(content).breaking(.close, .inBody(after: 100)),
      code: .unreachable, words: "closed the connection too early", isWorthAnotherTry: true),
    FailedDownload(
      name: "a wrong length", answer: Answer.whole(content).framed(.declared(400_000)), code: .unreachable,
      words: "closed the connection too early", isWorthAnotherTry: true),
    FailedDownload(
      name: "a server that is busy for long", answer: .status(503, retryAfter: "3600"), code: .unreachable,
      words: "503", isWorthAnotherTry: true),
    FailedDownload(
      name: "without end", answer: .endless(), code: .tooLarge, words: "longer than 4194304 bytes",
      isWorthAnotherTry: false),
    FailedDownload(
      name: "too long by its own word", answer: Answer.whole(content).framed(.declared(1 << 40)),
      code: .tooLarge, words: "longer than 4194304 bytes", isWorthAnotherTry: false),
    FailedDownload(
      name: "a web page", answer: .html(), code: .webPage, words: "a web page came", isWorthAnotherTry: false),
    FailedDownload(
      name: "nothing", answer: .whole(.empty), code: .empty, words: "no bytes", isWorthAnotherTry: false),
    FailedDownload(
      name: "elsewhere, in a private place", answer: .redirect(to: "http://169.254.169.254/x?token=secret"),
      code: .notPublic, words: "the URL redirects to http://169.254.169.254/x?…", isWorthAnotherTry: false),
    FailedDownload(
      name: "elsewhere, in no web", answer: .redirect(to: "file:///etc/passwd"), code: .badURL,
      words: "does not lead to an http(s) URL",
      isWorthAnotherTry: false),
  ])
  func failuresLeaveNothing(_ example: FailedDownload) async throws {
    let downloading = try Downloading()
    try await withServer(["/a.mp4": [example.answer]]) { server in
      let failure = await downloading.download(server.url("/a.mp4?sig=secret")).failure
      #expect(failure?.code == example.code)
      #expect(failure?.message.contains(example.words) == true)
      #expect(failure?.message.contains("secret") == false)
      #expect(failure?.isWorthAnotherTry == example.isWorthAnotherTry)
      #expect(downloading.names == [])
    }
  }

  @Test func aResultThatComesTooSlowly() async throws {
    let downloading = try Downloading().with { $0.options.timeLimit = .milliseconds(300) }
    let slow = Answer.whole(Self.content).dripping(1, every: .milliseconds(50))
    try await withServer(["/a.mp4": [slow]]) { server in
      #expect(await downloading.download(server.url("/a.mp4")).failure?.code == .timedOut)
      #expect(downloading.names == [])
    }
  }

  @Test func aHostThatIsNotPublic() async throws {
    let downloading = try Downloading().with { $0.http.policy = AddressPolicy() }
    try await withServer(["/a.mp4": [.whole(Self.content)]]) { server in
      let failure = await downloading.download(server.url("/a.mp4")).failure
      #expect(failure?.code == .notPublic)
      #expect(failure?.underlying?.hostClass?.code == .loopback)
      #expect(server.activity.connections == 0)
    }
  }

  @Test(arguments: [
    "/etc/passwd", "file:///etc/passwd", "ftp://cdn.example.net/a.mp4", "a.mp4", "", "https://", "data:,x",
    "javascript:alert(1)",
  ])
  func whatIsNoUrl(_ url: String) async throws {
    let downloading = try Downloading()
    let failure = await downloading.download(url).failure
    #expect(failure?.code == .badURL)
    #expect(failure?.message.hasPrefix("the result must be at an http(s) URL") == true)
    #expect(downloading.names == [])
  }

  @Test func noOtherFileIsTouched() async throws {
    let downloading = try Downloading()
    try downloading.folder.write("mine", to: "shot.mp4")
    try FileManager.default.createDirectory(
      at: downloading.folder.url.appending(path: "shot-2.mp4"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: downloading.folder.url.appending(path: "shot-3.mp4").path, withDestinationPath: "nowhere")
    try await withServer(["/a.mp4": [.whole(Self.content)]]) { server in
      let result = try await downloading.download(server.url("/a.mp4")).get()
      #expect(result.path.lastComponent?.string == "shot-4.mp4")
      #expect(!result.alreadyThere)
      #expect(downloading.holds("shot.mp4", Array("mine".utf8)))
      #expect(downloading.names == ["shot-2.mp4", "shot-3.mp4", "shot-4.mp4", "shot.mp4"])
    }
  }

  @Test func theSameContentIsRecognised() async throws {
    let downloading = try Downloading()
    try downloading.folder.write("mine", to: "shot.mp4")
    try await withServer(["/a.mp4": [.whole(Self.content)]]) { server in
      let first = try await downloading.download(server.url("/a.mp4")).get()
      var again = try await downloading.download(server.url("/a.mp4")).get()
      #expect(again.alreadyThere)
      again.alreadyThere = false
      #expect(again == first)
      #expect(downloading.names == ["shot-2.mp4", "shot.mp4"])
    }
  }

  @Test func twoDownloadsMayRaceForOneName() async throws {
    let downloading = try Downloading()
    let other = pattern(300_000, seed: 2)
    let routes: [String: Route] = [
      "/a.mp4": [.whole(Self.content)], "/b.mp4": [.whole(Content(other, type: "video/mp4"))],
    ]
    try await withServer(routes) { server in
      let urls = ["/a.mp4", "/b.mp4", "/a.mp4", "/b.mp4", "/a.mp4", "/b.mp4"].map { server.url($0) }
      let results = await downloading.run { downloader in
        await withTaskGroup(of: DownloadedResult?.self) { group in
          for url in urls { group.addTask { await downloader.outcome(url).value } }
          return await group.reduce(into: []) { $0.append($1) }
        }
      }
      #expect(results.count { $0?.alreadyThere == false } == 2)
      #expect(results.count { $0?.alreadyThere == true } == 4)
      #expect(downloading.names == ["shot-2.mp4", "shot.mp4"])
      let isFirst = downloading.holds("shot.mp4", Self.movie)
      #expect(downloading.holds("shot.mp4", isFirst ? Self.movie : other))
      #expect(downloading.holds("shot-2.mp4", isFirst ? other : Self.movie))
    }
  }

  @Test func cancellingLeavesNothing() async throws {
    let downloading = try Downloading()
    let stalled = Answer.whole(Self.content).breaking(.stall, .inBody(after: 100_000))
    try await withServer(["/a.mp4": [stalled]]) { server in
      let url = server.url("/a.mp4")
      let download = Task { await downloading.download(url) }
      try await server.activity { $0.requests.first?.bodyBytesSent == 100_000 }
      download.cancel()
      #expect(await download.value.failure?.code == .cancelled)
      #expect(downloading.names == [])
    }
  }

  @Test func allThatATaskMade() async throws {
    let downloading = try Downloading()
    let routes: [String: Route] = [
      "/a.mp4": [.whole(Self.content)],
      "/b": [.whole(Content(pattern(99, seed: 3), type: "video/quicktime"))],
    ]
    try await withServer(routes) { server in
      let task = WanTask(
        id: "task-1", status: .completed,
        generated: [server.url("/a.mp4"), server.url("/gone.mp4"), server.url("/b")])
      let results = await downloading.run { await $0.results(of: task, jobID: "../shot") }
      #expect(results.map(\.failure?.code) == [nil, .refused, nil])
      let names = try #require(downloading.names)
      #expect(names.count == 2)
      #expect(names.first?.hasPrefix("_shot-") == true)
      #expect(names.first?.hasSuffix("-1.mp4") == true)
      #expect(names.last?.hasSuffix("-3.mov") == true)
    }
  }
}

import Testing

@testable import ProviderKit

/// What must be answered to a request for ten bytes with the tag `"v"`.
struct MediaCase: Sendable, CustomTestStringConvertible {
  var method = "GET"
  var fields: [String: String]
  var status: Int
  var range: Range<Int>?
  var label: String?

  var testDescription: String { "\(method) \(fields) \(status)" }
}

/// Files beside the API.
@Suite(.timeLimit(.minutes(1))) struct MediaTests {
  @Test(arguments: [
    MediaCase(fields: [:], status: 200, range: 0..<10),
    MediaCase(method: "HEAD", fields: ["Range": "bytes=1-2"], status: 200, range: 0..<10),
    MediaCase(method: "PUT", fields: [:], status: 405),
    MediaCase(fields: ["Range": "bytes=0-0"], status: 206, range: 0..<1, label: "bytes 0-0/10"),
    MediaCase(fields: ["Range": "Bytes=4-"], status: 206, range: 4..<10, label: "bytes 4-9/10"),
    MediaCase(fields: ["Range": "bytes=8-99"], status: 206, range: 8..<10, label: "bytes 8-9/10"),
    MediaCase(fields: ["Range": "bytes=-3"], status: 206, range: 7..<10, label: "bytes 7-9/10"),
    MediaCase(fields: ["Range": "bytes=-99"], status: 206, range: 0..<10, label: "bytes 0-9/10"),
    MediaCase(fields: ["Range": "bytes=10-"], status: 416, label: "bytes */10"),
    MediaCase(fields: ["Range": "bytes=-0"], status: 416, label: "bytes */10"),
    MediaCase(fields: ["Range": "bytes=5-4"], status: 200, range: 0..<10),
    MediaCase(fields: ["Range": "bytes=-"], status: 200, range: 0..<10),
    MediaCase(fields: ["Range": "bytes=0-1,4-5"], status: 200, range: 0..<10),
    MediaCase(fields: ["Range": "rows=0-1"], status: 200, range: 0..<10),
    MediaCase(
      fields: ["Range": "bytes=4-", "If-Range": "\"v\""], status: 206, range: 4..<10, label: "bytes 4-9/10"),
    MediaCase(fields: ["Range": "bytes=4-", "If-Range": "\"w\""], status: 200, range: 0..<10),
    MediaCase(fields: ["Range": "bytes=4-", "If-Range": "W/\"v\""], status: 200, range: 0..<10),
    MediaCase(fields: ["If-None-Match": "\"v\""], status: 304),
    MediaCase(fields: ["If-None-Match": "\"u\", W/\"v\""], status: 304),
    MediaCase(fields: ["If-None-Match": "*"], status: 304),
    MediaCase(fields: ["If-None-Match": "\"w\""], status: 200, range: 0..<10),
    MediaCase(fields: ["If-None-Match": "\"v\"", "Range": "bytes=4-"], status: 304),
  ])
  func answers(request: MediaCase) {
    var file = MediaFile(Array(0..<10))
    file.entityTag = "\"v\""
    let answer = MediaAnswer(for: file, method: request.method) { request.fields[$0] }
    #expect(answer == MediaAnswer(status: request.status, range: request.range, contentRange: request.label))
  }

  @Test func tagsAreStrongAndDrawnFromTheBytes() throws {
    let tags = try ["a", "b", "a"].map { try #require(MediaFile($0.utf8).entityTag) }
    #expect(tags[0] == tags[2])
    #expect(tags[0] != tags[1])
    #expect(tags.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") && $0.count == 18 })
  }

  @Test func filesAreServedAndRequestsCounted() async throws {
    try await withProvider { provider in
      #expect(try await provider.get("/a.mp4", key: nil).status == 404)
      provider[media: "/a.mp4"] = MediaFile("0123456789".utf8, type: "video/mp4")
      let whole = try await provider.get("/a.mp4?x=1", key: nil)
      #expect(whole.status == 200)
      #expect(whole.body == "0123456789")
      #expect(whole["Content-Type"] == "video/mp4")
      let tag = try #require(whole["ETag"])

      let part = try await provider.get("/a.mp4", key: nil, fields: "Range: bytes=2-4\r\n")
      #expect(part.status == 206)
      #expect(part.body == "234")
      #expect(part["content-range"] == "bytes 2-4/10")
      let same = try await provider.get("/a.mp4", key: nil, fields: "If-None-Match: \(tag)\r\n")
      #expect(same.status == 304)
      #expect(same.body == "")
      let head = try await provider.exchange(provider.request("HEAD", "/a.mp4", key: nil))
      #expect(head["Content-Length"] == "10")
      #expect(head.body == "")

      #expect(provider.mediaRequests(of: "/a.mp4").map(\.status) == [404, 200, 206, 304, 200])
      #expect(provider.mediaRequests[2]["range"] == "bytes=2-4")
      #expect(provider.calls.isEmpty)
      provider[media: "/a.mp4"] = nil
      #expect(try await provider.get("/a.mp4", key: nil).status == 404)
    }
  }
}

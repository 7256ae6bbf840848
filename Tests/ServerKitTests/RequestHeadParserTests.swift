import NIOCore
import Testing

@testable import ServerKit

/// Heads of requests, whole and in pieces.
@Suite struct RequestHeadParserTests {
  private static let text = "GET /a?b HTTP/1.1\r\nHost: x\r\nRANGE:  bytes=0-1 \r\n\r\n"

  @Test(arguments: [1, 2, 3, 7, 1000])
  func findsHeadsInPiecesOfAnySize(size: Int) throws {
    var parser = RequestHeadParser()
    var heads: [RequestHead] = []
    var rest = ByteBuffer(string: Self.text + Self.text)
    while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
      parser.append(piece)
      while let head = try parser.next() { heads.append(head) }
    }
    let expected = RequestHead(
      method: "GET", target: "/a?b",
      fields: [HeaderField("Host", "x"), HeaderField("RANGE", "bytes=0-1")])
    #expect(heads == [expected, expected])
    #expect(heads.first?["range"] == "bytes=0-1")
    #expect(heads.first?.path == "/a")
  }

  @Test(arguments: [
    "GET /\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "GET / SPDY/1\r\n\r\n", "GET / HTTP/1.1\r\nx\r\n\r\n",
  ])
  func refusesWhatIsNoRequest(text: String) {
    var parser = RequestHeadParser()
    parser.append(ByteBuffer(string: text))
    #expect(throws: RequestHeadParser.Failure.malformed) { try parser.next() }
  }

  @Test func refusesHeadsOfMoreThan64KiB() throws {
    var parser = RequestHeadParser()
    parser.append(ByteBuffer(string: String(repeating: "a", count: RequestHeadParser.longest - 1)))
    #expect(try parser.next() == nil)
    parser.append(ByteBuffer(string: "a"))
    #expect(throws: RequestHeadParser.Failure.tooLong) { try parser.next() }
  }
}

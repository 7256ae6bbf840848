import NIOCore
import NIOHTTP1
import Testing

@testable import AssetSource

/// Which parts of an answer reach the HTTP client.
struct AnswerOrderTests {
  enum Part: Sendable {
    case head(Int)
    case body
    case end

    var part: HTTPClientResponsePart {
      switch self {
      case .head(let status): .head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: status)))
      case .body: .body(ByteBuffer(string: "x"))
      case .end: .end(nil)
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parts: [Part]
    /// `p` passes, `d` is dropped, `f` fails.
    var actions: String

    init(_ description: String, _ parts: [Part], _ actions: String) {
      testDescription = description
      self.parts = parts
      self.actions = actions
    }
  }

  @Test(arguments: [
    Case("an answer", [.head(200), .body, .body, .end], "pppp"),
    Case("without a body", [.head(304), .end], "pp"),
    Case("interim heads", [.head(100), .head(103), .head(199), .head(200), .end], "dddpp"),
    Case("a status below 100, with an end", [.head(0), .end], "fd"),
    Case("others of them", [.head(99), .body, .end], "fdd"),
    Case("after an interim head", [.head(100), .head(42), .end], "dfd"),
    Case("another protocol", [.head(101), .end], "fd"),
    Case("a status above 999", [.head(1000), .end], "fd"),
    Case("two heads", [.head(200), .head(200), .end], "pfd"),
    Case("an interim head too late", [.head(200), .head(100), .end], "pfd"),
    Case("an end without a head", [.end], "f"),
    Case("a body without a head", [.body], "f"),
    Case("two ends", [.head(200), .end, .end], "ppf"),
    Case("a second answer", [.head(200), .end, .head(200), .body], "ppfd"),
    Case(
      "interim heads without end", Array(repeating: .head(102), count: AnswerOrder.mostInterimHeads + 2),
      String(repeating: "d", count: AnswerOrder.mostInterimHeads) + "fd"),
  ])
  func onlyWellFormedExchangesPass(_ given: Case) {
    var order = AnswerOrder()
    order.requestSent()
    let actions = given.parts.map { part in
      switch order.received(part.part) {
      case .pass: "p"
      case .drop: "d"
      case .fail: "f"
      }
    }
    #expect(actions.joined() == given.actions)
  }

  @Test func nothingComesUnrequested() {
    for part in [Part.head(200), .body, .end] {
      var order = AnswerOrder()
      #expect(order.received(part.part) == .fail(.outOfOrder))
    }
  }

  @Test func aConnectionCarriesSeveralExchanges() {
    var order = AnswerOrder()
    for _ in 0..<3 {
      order.requestSent()
      #expect(
        [Part.head(100), .head(206), .body, .end].map { order.received($0.part) } == [
          .drop, .pass, .pass, .pass,
        ])
    }
  }

  @Test func whatIsSaidNamesTheStatus() {
    #expect(MalformedAnswer.status(0).message == "the server's answer is not valid HTTP: 000 is not a status")
    #expect(MalformedAnswer.status(101).message.contains("another protocol (101)"))
  }
}

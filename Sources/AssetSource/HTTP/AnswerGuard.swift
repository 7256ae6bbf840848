import AssetOpening
package import AsyncHTTPClient
package import NIOCore
import NIOHTTP1

/// Lets only well-formed exchanges reach the HTTP client's state machine: per request interim heads, one head, a body and
/// an end.
///
/// The client ends the process where that order is broken, and a server can break it: the client ignores every head below
/// 200, NIO's decoder takes only 100 to 199 for interim ones, so a status of 000 to 099 has an end without a head. Interim
/// heads stop here, too: the decompressor after this handler traps where two heads of one answer name an encoding.
final class AnswerGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  private var order = AnswerOrder()

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head = Self.unwrapOutboundIn(data) { order.requestSent() }
    context.write(data, promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch order.received(Self.unwrapInboundIn(data)) {
    case .pass: context.fireChannelRead(data)
    case .drop: break
    case .fail(let error):
      context.fireErrorCaught(error)
      context.close(promise: nil)
    }
  }
}

/// Which parts of an answer may follow which: a pure decision.
struct AnswerOrder: Sendable {
  /// What is done with a part.
  enum Action: Sendable, Hashable {
    case pass
    case drop
    case fail(MalformedAnswer)
  }

  private enum State {
    /// No request is under way.
    case idle
    /// A request left; so many interim heads came.
    case waiting(interim: Int)
    /// The head came.
    case receiving
    /// Nothing of this connection counts any more.
    case failed
  }

  /// Interim heads that one answer may have; ordinary servers send one or two.
  static let mostInterimHeads = 32

  private var state = State.idle

  /// The head of a request leaves.
  mutating func requestSent() {
    if case .idle = state { state = .waiting(interim: 0) }
  }

  /// What to do with `part`.
  mutating func received(_ part: HTTPClientResponsePart) -> Action {
    switch (state, part) {
    case (.failed, _): return .drop
    case (.waiting(let interim), .head(let head)):
      switch head.status.code {
      case 100, 102...199:
        guard interim < Self.mostInterimHeads else { return fail(.interimOnly) }
        state = .waiting(interim: interim + 1)
        return .drop
      case 200...999:
        state = .receiving
        return .pass
      default: return fail(.status(head.status.code))
      }
    case (.receiving, .body): return .pass
    case (.receiving, .end):
      state = .idle
      return .pass
    default: return fail(.outOfOrder)
    }
  }

  private mutating func fail(_ error: MalformedAnswer) -> Action {
    state = .failed
    return .fail(error)
  }
}

/// Why an answer is not one, though its bytes can be parsed.
struct MalformedAnswer: Error, Hashable {
  /// What is wrong, as a clause for people.
  let message: String

  /// No final answer has this status: below 100, or 101, which was not requested.
  static func status(_ code: UInt) -> MalformedAnswer {
    let digits = String(code)
    let padding = String(repeating: "0", count: max(0, 3 - digits.count))
    return MalformedAnswer(
      message: code == 101
        ? "the server switches to another protocol (101), which was not requested"
        : "the server's answer is not valid HTTP: \(padding)\(digits) is not a status")
  }

  /// Interim heads without end.
  static let interimOnly = MalformedAnswer(
    message: "the server sends interim answers (1xx) and no final one")
  /// A part came where none may.
  static let outOfOrder = MalformedAnswer(message: "the server's answer is not valid HTTP")
}

extension HTTPClient.Configuration {
  /// Puts an `AnswerGuard` into every connection, after `accept` had a look at it; where that throws, the connection is
  /// closed before a request can leave on it.
  package mutating func guardAnswers(accepting accept: @escaping @Sendable (any Channel) throws -> Void) {
    // The client calls this when a connection is complete, with TLS, proxies and its own handlers.
    http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.submit {
        do {
          try accept(channel)
          let pipeline = channel.pipeline.syncOperations
          let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
          try pipeline.addHandler(AnswerGuard(), position: .after(decoder))
        } catch {
          channel.close(promise: nil)
          throw error
        }
      }
    }
  }
}

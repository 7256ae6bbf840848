import AssetOpening
package import AsyncHTTPClient
package import NIOCore
import NIOHTTP1

/// Passes only well-formed exchanges to the HTTP client's state machine: for each request interim heads, one head, a body
/// and an end.
///
/// The client ends the process if that order is broken, and a server can break it. The client ignores every head below
/// 200, but NIO's decoder treats only 100 to 199 as interim, so a status of 000 to 099 has an end without a head. Interim
/// heads are not passed on, since the decompressor after this handler traps if two heads of one answer name an encoding.
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

/// Decides which part of an answer may follow another.
struct AnswerOrder: Sendable {
  /// The action for a part.
  enum Action: Sendable, Hashable {
    case pass
    case drop
    case fail(MalformedAnswer)
  }

  private enum State {
    /// There is no request.
    case idle
    /// A request was sent, and this many interim heads have arrived.
    case waiting(interim: Int)
    /// The head has arrived.
    case receiving
    /// The connection failed, and all its further parts are ignored.
    case failed
  }

  /// Interim heads that one answer may have; ordinary servers send one or two.
  static let mostInterimHeads = 32

  private var state = State.idle

  /// Notes that the head of a request is sent.
  mutating func requestSent() {
    if case .idle = state { state = .waiting(interim: 0) }
  }

  /// The action for `part`.
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

/// Why an answer is malformed, though its bytes can be parsed.
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

  /// Too many interim heads.
  static let interimOnly = MalformedAnswer(
    message: "the server sends interim answers (1xx) and no final one")
  /// A part arrived in the wrong order.
  static let outOfOrder = MalformedAnswer(message: "the server's answer is not valid HTTP")
}

extension HTTPClient.Configuration {
  /// Puts an `AnswerGuard` into every connection that `accept` accepts. If `accept` throws, the connection is closed before
  /// a request is sent.
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

/// What a forward proxy was asked.
public struct ProxiedRequest: Sendable, CustomStringConvertible {
  /// The request line and the header, as the client sent them to the proxy.
  public let head: RequestHead
  /// The client's connection: 1 for the first that was accepted.
  public let connection: Int
  /// The outcome of the request.
  public let outcome: Outcome

  /// What a proxy does with a request.
  public enum Outcome: Sendable, Hashable {
    /// It was passed on: a tunnel was opened, or the request was sent to its server.
    case forwarded
    /// 407: it came without the right credentials.
    case unauthorized
    /// 502: its host is not known, or does not answer.
    case unreachable
    /// 400: it is neither an absolute http URL nor `CONNECT`.
    case refused
  }

  /// The method, such as `GET` or `CONNECT`.
  public var method: String { head.method }
  /// The request target as written: an absolute URL, or `host:port`.
  public var target: String { head.target }
  /// One line for the message of a failed test.
  public var description: String { "#\(connection) \(method) \(target) \(outcome)" }
}

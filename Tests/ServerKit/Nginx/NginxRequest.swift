/// A request that nginx has answered, as its access log tells it.
public struct NginxRequest: Sendable, Hashable, Decodable, CustomStringConvertible {
  /// The request line as received, such as `GET /a.png HTTP/1.1`.
  public let line: String
  /// `http` or `https`.
  public let scheme: String
  /// The status of the answer.
  public let status: Int
  /// How many bytes of the answer were sent, with its head.
  public let bytes: Int
  /// How many bytes of its body were sent, as encoded.
  public let bodyBytes: Int
  /// The `Range` field; empty if there was none.
  public let range: String
  /// The `User-Agent` field; empty if there was none.
  public let userAgent: String
  /// The `Content-Encoding` of the answer; empty if there was none.
  public let encoding: String
  /// The connection's number.
  public let connection: Int

  /// The request target as written.
  public var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

  /// One line for the message of a failed test.
  public var description: String { "#\(connection) \(scheme) \(line) \(range) \(status) \(bodyBytes)" }

  /// The value of nginx's `log_format` that this is read from: one JSON object a line.
  static let format = #"""
    '{"line":"$request","scheme":"$scheme","status":$status,"bytes":$bytes_sent,"bodyBytes":$body_bytes_sent,'
    '"range":"$http_range","userAgent":"$http_user_agent","encoding":"$sent_http_content_encoding",'
    '"connection":$connection}'
    """#
}

/// A request that a server was sent, and how far it has answered.
public struct RecordedRequest: Sendable, CustomStringConvertible {
  /// The request line and the header.
  public let head: RequestHead
  /// The connection on which it came: 1 for the first that was accepted.
  public let connection: Int
  /// The status of the answer, whether or not it was sent.
  public internal(set) var status: Int
  /// How many bytes of the answer's body the system has taken, without head and framing.
  public internal(set) var bodyBytesSent = 0
  /// Whether the answer is over, whichever way.
  public internal(set) var isOver = false
  var isInFlight = true

  init(head: RequestHead, connection: Int, status: Int) {
    self.head = head
    self.connection = connection
    self.status = status
  }

  /// The method, such as `GET`.
  public var method: String { head.method }
  /// The request target as written.
  public var target: String { head.target }
  /// The fields in the order in which they came.
  public var fields: [HeaderField] { head.fields }
  /// The value of the first field called `name`, in whatever case.
  public subscript(name: String) -> String? { head[name] }

  /// One line for the message of a failed test.
  public var description: String {
    "#\(connection) \(method) \(target) \(self["Range"] ?? "-") \(status) \(bodyBytesSent)"
  }
}

/// What has happened on a server so far.
public struct Activity: Sendable {
  /// Every request, in the order in which their heads were complete.
  public internal(set) var requests: [RecordedRequest] = []
  /// How many connections were accepted.
  public internal(set) var connections = 0
  /// How many connections are open now.
  public internal(set) var openConnections = 0
  /// The most connections that were open at a time.
  public internal(set) var peakConnections = 0
  /// How many requests are being answered now, stalled ones too: from the end of the head to the last byte but one.
  public internal(set) var requestsInFlight = 0
  /// The most requests that were being answered at a time.
  public internal(set) var peakRequestsInFlight = 0
  /// Whether every request's answer is over.
  public var isSettled: Bool { requests.allSatisfy(\.isOver) }
}

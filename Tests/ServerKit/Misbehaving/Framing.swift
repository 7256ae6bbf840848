/// How an answer says where its body ends.
public enum Framing: Sendable, Hashable {
  /// `Content-Length`, and it is right.
  case length
  /// `Content-Length` says this, whatever is sent; the connection is closed after the body.
  case declared(Int)
  /// It does not: the body ends when the connection is closed.
  case untilClose
  /// Chunks of so many bytes, and how they end.
  case chunked(of: Int = 4096, ending: ChunkEnding = .complete)
}

/// How a chunked body ends.
public enum ChunkEnding: Sendable, Hashable {
  /// With the last chunk, as it should.
  case complete
  /// The connection is closed without the last chunk.
  case unfinished
  /// The second chunk's size is this text; after it the connection is closed.
  case malformed(size: String)
}

/// How fast a body is sent.
public enum Pace: Sendable, Hashable {
  /// As fast as the client reads.
  case atOnce
  /// So many bytes (at least 1), a pause, so many bytes, a pause…
  case drip(bytes: Int, every: Duration)
}

/// Where and how an answer breaks.
public struct Fault: Sendable, Hashable {
  /// A place in an answer.
  public enum Place: Sendable, Hashable {
    /// Before its first byte.
    case beforeHead
    /// In the middle of its head.
    case inHead
    /// After so many bytes of its body; after its end, if that comes first.
    case inBody(after: Int)
  }

  /// What happens there.
  public enum Event: Sendable, Hashable {
    /// Nothing more: the connection stays open until the client or the server's shutdown closes it.
    case stall
    /// The connection is closed; over TLS with its goodbye.
    case close
    /// The TCP connection is closed without TLS's goodbye.
    case cut
    /// The connection is reset (RST). What the client's side has not taken yet may be lost.
    case reset
  }

  /// Where it happens.
  public var place: Place
  /// What happens.
  public var event: Event

  /// That event at that place.
  public init(_ event: Event, _ place: Place) {
    self.event = event
    self.place = place
  }
}

/// What precedes or swells the head of an answer.
public enum HeadExcess: Sendable, Hashable {
  /// So many informational responses (such as 102 or 103) first; `nil` for ever, and the answer never comes.
  case interim(status: Int, count: Int?, every: Duration = .milliseconds(1))
  /// The head is filled up to at least so many bytes with fields of up to 1 KiB.
  case fields(bytes: Int)
  /// The head has one field of at least so many bytes.
  case field(bytes: Int)
  /// The head has fields without end.
  case endlessFields
}

/// All that the server does with one request, stated as a value.
///
/// It starts from what a good server would do, and names each deviation:
/// `Answer.ranged(movie).dripping(1, every: .seconds(1)).breaking(.reset, .inBody(after: 100))`.
public struct Answer: Sendable {
  /// The status where no range is sent.
  public var status = 200
  /// The phrase after the status; `nil` for an ordinary one.
  public var reason: String?
  /// What is sent.
  public var content: Content
  /// What is made of `Range`. Only a `GET` or `HEAD` that would be answered by 200 can get a range.
  public var ranges = RangeSupport.ignored
  /// Whether `If-Range` is compared; if not, a range is sent of whatever is there now.
  public var comparesIfRange = true
  /// How the end of the body is told.
  public var framing = Framing.length
  /// How fast the body is sent.
  public var pace = Pace.atOnce
  /// How long the server waits before it sends anything.
  public var latency = Duration.zero
  /// What precedes or swells the head.
  public var excess: HeadExcess?
  /// Where it breaks.
  public var fault: Fault?
  /// Further fields, at the end of the head.
  public var fields: [HeaderField] = []
  /// Whether the connection is offered for another request.
  public var keepsAlive = true

  /// `content` with the given status, and nothing wrong.
  public init(status: Int = 200, content: Content) {
    self.status = status
    self.content = content
  }
}

// MARK: - What a good server says

extension Answer {
  /// 200 with the whole content, whatever range is requested.
  public static func whole(_ content: Content) -> Answer { Answer(content: content) }

  /// The requested range: 206, 416, or 200 if no range is requested or `If-Range` does not match.
  public static func ranged(_ content: Content, _ ranges: RangeSupport = .honoured) -> Answer {
    var answer = Answer(content: content)
    answer.ranges = ranges
    return answer
  }

  /// A status with a line of plain text where it may have a body; 429 and 503 may name a time to come back.
  public static func status(_ status: Int, retryAfter: String? = nil) -> Answer {
    var answer = Answer(status: status, content: Content("\(status)\n".utf8, type: "text/plain"))
    if let retryAfter { answer.fields.append(HeaderField("Retry-After", retryAfter)) }
    return answer
  }

  /// A redirection to `location`, sent as it is: absolute, relative, or nonsense; `nil` leaves the field out.
  public static func redirect(_ status: Int = 302, to location: String?) -> Answer {
    var answer = Answer(status: status, content: .empty)
    answer.content.type = nil
    if let location { answer.fields.append(HeaderField("Location", location)) }
    return answer
  }

  /// 200 with a web page.
  public static func html(_ text: String = "<!doctype html><title>Sign in</title><p>Please sign in.")
    -> Answer
  {
    Answer(content: Content(text.utf8, type: "text/html; charset=utf-8"))
  }

  /// 200 with a body that never ends, sent as fast as the client reads.
  public static func endless(after opening: some Sequence<UInt8> = []) -> Answer {
    var answer = Answer(content: .endless(after: opening))
    answer.framing = .untilClose
    return answer
  }
}

// MARK: - What can be wrong with it

extension Answer {
  /// The same, with the end of its body told in another way.
  public func framed(_ framing: Framing) -> Answer { with { $0.framing = framing } }

  /// The same, `bytes` at a time.
  public func dripping(_ bytes: Int, every pause: Duration) -> Answer {
    with { $0.pace = .drip(bytes: max(1, bytes), every: pause) }
  }

  /// The same, some time later.
  public func delayed(by latency: Duration) -> Answer { with { $0.latency = latency } }

  /// The same, until it breaks.
  public func breaking(_ event: Fault.Event, _ place: Fault.Place) -> Answer {
    with { $0.fault = Fault(event, place) }
  }

  /// The same, with more before or in its head than there should be.
  public func exceeding(_ excess: HeadExcess) -> Answer { with { $0.excess = excess } }

  /// The same, with one more field.
  public func adding(_ name: String, _ value: String) -> Answer {
    with { $0.fields.append(HeaderField(name, value)) }
  }

  /// The same, with this phrase after its status.
  public func saying(_ reason: String) -> Answer { with { $0.reason = reason } }

  /// The same, and then the connection is closed.
  public func closing() -> Answer { with { $0.keepsAlive = false } }

  /// The same, with ranges sent whatever `If-Range` says.
  public func ignoringIfRange() -> Answer { with { $0.comparesIfRange = false } }

  private func with(_ change: (inout Answer) -> Void) -> Answer {
    var copy = self
    change(&copy)
    return copy
  }
}

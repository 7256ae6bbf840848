/// What goes wrong with one call of the API.
///
/// A fault either leaves a job alone or takes it: then there is a (billed) task, whatever the client gets to see. Where a
/// fault takes jobs, it strikes those that would be taken without it; the others are answered 401 or 400 as usual. Calls
/// that submit nothing have no job, and only the rest of what is said here holds for them.
public struct Fault: Sendable, Hashable {
  /// Whether the job is taken.
  public internal(set) var takesJob = false
  /// How long nothing at all comes.
  var delay = Duration.zero
  let effect: Effect

  /// What the client gets to see.
  enum Effect: Sendable, Hashable {
    case answer(FaultyAnswer)
    case reset(ResetPoint)
    case close
    case hang
  }

  /// Where in an exchange the connection is reset.
  enum ResetPoint: Sendable, Hashable {
    case head
    case body
    case beforeAnswer
    case inAnswer
  }

  /// The job is not taken; this answer comes.
  ///
  /// - Parameters:
  ///   - body: sent as JSON; `nil` sends none.
  ///   - headers: names and values; they replace those of `Options.headers` of the same name.
  public static func status(
    _ status: Int, body: String? = nil, headers: [(String, String)] = []
  ) -> Fault {
    Fault(
      effect: .answer(
        FaultyAnswer(
          status: status, fields: headers.map { .init($0, $1) }, body: .text(body ?? ""),
          type: body == nil ? nil : "application/json")))
  }

  /// The job is taken, and then `fault` strikes.
  ///
  /// A fault that strikes before the request has come whole strikes after it instead: `resetAfterTaking`.
  public static func takingThen(_ fault: Fault) -> Fault {
    if case .reset(.head) = fault.effect { return .resetAfterTaking }
    if case .reset(.body) = fault.effect { return .resetAfterTaking }
    var copy = fault
    copy.takesJob = true
    return copy
  }

  /// The job is not taken; the answer is a redirect with this status.
  public static func redirect(_ status: Int, to location: String) -> Fault {
    .status(status, headers: [("Location", location)])
  }

  /// The job is not taken; the connection is reset (RST).
  ///
  /// Planned at the head it strikes as soon as that is there, without a look at the body. Otherwise the request was read.
  public static let resetBeforeReading = Fault(effect: .reset(.head))
  /// The job is not taken; the connection is reset (RST).
  ///
  /// Planned at the head it strikes at the first bytes of the body. Otherwise the request was read.
  public static let resetDuringRequest = Fault(effect: .reset(.body))
  /// The job is taken; the connection is reset (RST) without an answer.
  public static let resetAfterTaking = Fault(takesJob: true, effect: .reset(.beforeAnswer))
  /// The job is taken; the head and half the body of the usual answer come, and then the connection is reset (RST).
  public static let resetInAnswer = Fault(takesJob: true, effect: .reset(.inAnswer))
  /// The job is taken; the connection is closed (FIN) without an answer.
  public static let closeAfterTaking = Fault(takesJob: true, effect: .close)
  /// The job is not taken; nothing comes until the client hangs up or the simulator is shut down.
  public static let hang = Fault(effect: .hang)

  /// Whether it strikes before the body of the request is there, if it is planned then.
  var isEarly: Bool { effect == .reset(.head) || effect == .reset(.body) }

  /// Whether the client is sent the whole answer that it would get without this fault.
  var bringsUsualAnswer: Bool {
    if case .answer(let answer) = effect { answer.body == .usual } else { false }
  }
}

/// An answer that is not as it should be.
struct FaultyAnswer: Sendable, Hashable {
  /// The body of the answer.
  enum Body: Sendable, Hashable {
    /// The body, status and fields of the answer without a fault.
    case usual
    case text(String)
    /// The usual answer after a member that makes it at least so many bytes long.
    case long(Int)
    /// An object that never ends.
    case endless
  }

  /// A body that comes in pieces, with a pause before each.
  struct Drip: Sendable, Hashable {
    var bytes: Int
    var pause: Duration
  }

  var status = 200
  var fields: [ProviderCall.Field] = []
  var body: Body
  var type: String? = "application/json"
  var drip: Drip?
}

extension Fault: CustomStringConvertible {
  /// One line for the message of a failed test.
  public var description: String {
    let what =
      switch effect {
      case .answer(let answer): answer.body == .usual ? "usual answer" : "\(answer.status) \(answer.body)"
      case .reset(let point): "reset \(point)"
      case .close: "close"
      case .hang: "hang"
      }
    return (takesJob ? "taken, " : "not taken, ") + (delay > .zero ? "\(delay), " : "") + what
  }
}

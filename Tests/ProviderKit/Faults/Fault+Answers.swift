/// Answers with status 200 that say nothing, too much, or say it slowly.
extension Fault {
  /// The job is not taken; the answer is 200 with a page instead of JSON.
  public static let nonJSON = Fault(
    effect: .answer(FaultyAnswer(body: .text("<!doctype html><title>Welcome</title>"), type: "text/html")))

  /// The job is not taken; the answer is 200 without a body.
  public static let empty = Fault(effect: .answer(FaultyAnswer(body: .text(""))))

  /// The job is not taken; the answer is 200, a task without its id.
  public static let withoutTaskID = Fault(
    effect: .answer(FaultyAnswer(body: .text(#"{"data": {"status": "CREATED", "generated": []}}"#))))

  /// The job is not taken; the answer is 200 and JSON of at least `bytes` bytes, with its length in the head.
  ///
  /// Its last member is that of the usual answer; `null` if no job was taken.
  public static func huge(bytes: Int = 64 << 20) -> Fault {
    Fault(effect: .answer(FaultyAnswer(body: .long(bytes))))
  }

  /// The job is not taken; the answer is 200 and the beginning of JSON, in chunks, as fast as it is read, without end.
  public static let endless = Fault(effect: .answer(FaultyAnswer(body: .endless)))

  /// Nothing comes for so long, and then `fault` strikes.
  ///
  /// - Parameter fault: decides whether the job is taken; `nil` takes it and brings the usual answer.
  public static func slowHead(by delay: Duration, then fault: Fault? = nil) -> Fault {
    var copy = fault ?? usual
    copy.delay += delay
    return copy
  }

  /// The body of the answer comes in pieces, with a pause before each.
  ///
  /// - Parameters:
  ///   - bytes: how many are sent at a time, at least 1.
  ///   - pause: how long nothing comes before each piece.
  ///   - fault: the answer, and whether the job is taken; `nil` takes it and brings the usual answer. A fault that is not an
  ///     answer has no body, and does not change.
  public static func dripping(bytes: Int = 1, every pause: Duration, then fault: Fault? = nil) -> Fault {
    let fault = fault ?? usual
    guard case .answer(var answer) = fault.effect else { return fault }
    answer.drip = FaultyAnswer.Drip(bytes: max(1, bytes), pause: pause)
    return Fault(takesJob: fault.takesJob, delay: fault.delay, effect: .answer(answer))
  }

  private static let usual = Fault(takesJob: true, effect: .answer(FaultyAnswer(body: .usual)))
}

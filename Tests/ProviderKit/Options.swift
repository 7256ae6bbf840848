extension ProviderSimulator {
  /// What a simulator knows, and what goes wrong with it.
  public struct Options: Sendable {
    /// The keys that it accepts; any other is answered 401.
    public var keys: Set<String>
    /// The field in which a key comes.
    public var keyHeader: String
    /// The fault that a call meets, asked once for each call that has come whole; `nil` is none.
    ///
    /// It is asked on the simulator's own thread and must be quick.
    public var plan: @Sendable (PlannedCall) -> Fault?
    /// The fault that a call meets, asked once for each call as soon as its head is there; `nil` leaves it to `plan`.
    ///
    /// `resetBeforeReading` and `resetDuringRequest` strike at once, the others when the call has come whole.
    public var planAtHead: @Sendable (PlannedCall) -> Fault?
    /// How often a task is said to be under way, the first time `CREATED`, then `IN_PROGRESS`, before it is `COMPLETED`.
    ///
    /// An answer about the task counts if it is sent whole; the list of tasks does not.
    public var pollsUntilDone: Int
    /// What a task has made when it is `COMPLETED`: URLs, or paths of the simulator's own files. It may not ask the
    /// simulator.
    public var results: @Sendable (_ taskID: String) -> [String]
    /// Whether the elements of `generated` are objects with a `url`, and not texts.
    public var generatesObjects: Bool
    /// How long an answer takes; a job that is taken is taken before.
    public var latency: @Sendable (PlannedCall) -> Duration
    /// Fields of every answer of the API (names and values), such as `rateLimit(limit:remaining:reset:)`.
    public var headers: @Sendable (PlannedCall) -> [(String, String)]

    /// A provider without faults that knows the key `test-key`.
    public init(
      keys: Set<String> = ["test-key"], keyHeader: String = "x-freepik-api-key",
      pollsUntilDone: Int = 2, generatesObjects: Bool = false,
      results: @escaping @Sendable (_ taskID: String) -> [String] = { ["/results/\($0).mp4"] },
      latency: @escaping @Sendable (PlannedCall) -> Duration = { _ in .zero },
      headers: @escaping @Sendable (PlannedCall) -> [(String, String)] = { _ in [] },
      planAtHead: @escaping @Sendable (PlannedCall) -> Fault? = { _ in nil },
      plan: @escaping @Sendable (PlannedCall) -> Fault? = { _ in nil }
    ) {
      self.keys = keys
      self.keyHeader = keyHeader
      self.pollsUntilDone = pollsUntilDone
      self.generatesObjects = generatesObjects
      self.results = results
      self.latency = latency
      self.headers = headers
      self.planAtHead = planAtHead
      self.plan = plan
    }

    /// The provider's fields about its rate limit; `nil` leaves a field out.
    public static func rateLimit(
      limit: Int? = nil, remaining: Int? = nil, reset: Int? = nil
    ) -> [(String, String)] {
      let values = [("limit", limit), ("remaining", remaining), ("reset", reset)]
      return values.compactMap { name, value in value.map { ("x-ratelimit-\(name)", "\($0)") } }
    }
  }
}

/// Turns bytes into facts.
public protocol Prober: Sendable {
  /// Reads `source` at the depth of `request` and returns the facts.
  ///
  /// What is wrong with the bytes is a fact (`MediaFacts.defects`), never an error.
  /// - Throws: `ProbeError` if probing was impossible: the source failed, or the task was cancelled.
  func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts
}

/// Why probing was impossible.
public struct ProbeError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The source failed; `underlying` says how.
    public static let sourceFailed = Code(rawValue: "source-failed")
    /// The task was cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
    /// The process that probed was ended, because it spent more than its budget.
    public static let budgetExceeded = Code(rawValue: "budget-exceeded")
    /// The process that probed ended before it answered.
    public static let crashed = Code(rawValue: "crashed")
    /// Probing could not start: a C library could not be set up, or no worker process started.
    public static let unavailable = Code(rawValue: "unavailable")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, as text for people.
  public var message: String
  /// The source's own error, if the source failed.
  public var underlying: ByteSourceError?
  /// The format that was recognised before the failure, if any. No other fact was measured.
  public var facts: MediaFacts?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, underlying: ByteSourceError? = nil) {
    self.code = code
    self.message = message
    self.underlying = underlying
  }

  /// The probe's failure for the error `error` of a source.
  package init(_ error: ByteSourceError) {
    self.init(
      error.code == .cancelled ? .cancelled : .sourceFailed, message: error.message, underlying: error)
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

/// A mechanism of the operating system that confines a worker process; new ones may be added.
public struct ConfinementMechanism: RawRepresentable, Sendable, Hashable, Codable, Comparable {
  /// The usual name of the mechanism.
  public var rawValue: String

  /// A mechanism by its name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Mechanisms are ordered by name.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// seccomp: a list of allowed system calls. Any other call ends the process.
  public static let seccomp = ConfinementMechanism(rawValue: "seccomp")
  /// Landlock: no file can be opened, and no connection can be made.
  public static let landlock = ConfinementMechanism(rawValue: "Landlock")
  /// No program can be started that has more rights.
  public static let noNewPrivileges = ConfinementMechanism(rawValue: "no_new_privs")
  /// Resource limits: no core file, no file written, no descriptor but one, no children.
  public static let limits = ConfinementMechanism(rawValue: "rlimits")

  /// Limits from outside: the parent limits memory and processor time for each asset.
  public static let bounds = ConfinementMechanism(rawValue: "prlimit")

  /// Every mechanism. Each is used if the system has it.
  package static let all: Set<ConfinementMechanism> = [
    .seccomp, .landlock, .noNewPrivileges, .limits, .bounds,
  ]
}

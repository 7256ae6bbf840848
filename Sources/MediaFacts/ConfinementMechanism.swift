/// A mechanism of the operating system that confines a worker process; new ones may be added.
public struct ConfinementMechanism: RawRepresentable, Sendable, Hashable, Codable, Comparable {
  /// The name by which people know it.
  public var rawValue: String

  /// A mechanism by its name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Mechanisms are ordered by name.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// seccomp: a list of system calls; any other ends the process.
  public static let seccomp = ConfinementMechanism(rawValue: "seccomp")
  /// Landlock: no file can be opened, and no connection made.
  public static let landlock = ConfinementMechanism(rawValue: "Landlock")
  /// No program can be started that has more rights.
  public static let noNewPrivileges = ConfinementMechanism(rawValue: "no_new_privs")
  /// Resource limits: no core file, no file written, no descriptor but one, no children.
  public static let limits = ConfinementMechanism(rawValue: "rlimits")

  /// Bounds from outside: the parent bounds memory and processor time for each asset.
  public static let bounds = ConfinementMechanism(rawValue: "prlimit")

  /// Every mechanism that is used where the system has it.
  public static let all: Set<ConfinementMechanism> = [
    .seccomp, .landlock, .noNewPrivileges, .limits, .bounds,
  ]
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The documented exit codes.
enum ExitStatus: Int32, Error {
  case valid = 0
  case invalid = 1
  case usage = 2
  case inconclusive = 3
  case internalError = 4
  /// The provider refused a job, or a task came to nothing.
  case refused = 5
  /// Nobody knows whether a job was taken.
  case unknownOutcome = 6
  /// Something is left to do: run it again.
  case unfinished = 7
  case interrupted = 130

  /// Ends the process.
  func exit() -> Never {
    #if canImport(Darwin)
      Darwin.exit(rawValue)
    #elseif canImport(Glibc)
      Glibc.exit(rawValue)
    #elseif canImport(Musl)
      Musl.exit(rawValue)
    #endif
  }

  /// Of several that hold, the one that is told: the first of 130, 2, 6, 4, 5, 1, 7, 3, 0.
  static func first(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let held = Set(statuses)
    let order: [ExitStatus] = [
      .interrupted, .usage, .unknownOutcome, .internalError, .refused, .invalid, .unfinished, .inconclusive,
    ]
    return order.first { held.contains($0) } ?? .valid
  }
}

extension ExitStatus {
  /// Wrong usage of which no look at the options tells more than `message`, which the person is told now.
  static func misuse(_ message: String) -> ExitStatus {
    StandardStream.error.writeLine("wan-check: \(message)")
    return .usage
  }
}

import Libc

/// The documented exit codes.
enum ExitStatus: Int32, Error {
  case valid = 0
  case invalid = 1
  case usage = 2
  case inconclusive = 3
  case internalError = 4
  /// The provider refused a job, or a task failed.
  case refused = 5
  /// It is not known whether the provider took a job.
  case unknownOutcome = 6
  /// The work is not complete: run the command again.
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

  /// The most important status of several: the first of 130, 2, 6, 4, 5, 1, 7, 3, 0.
  static func first(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let held = Set(statuses)
    let order: [ExitStatus] = [
      .interrupted, .usage, .unknownOutcome, .internalError, .refused, .invalid, .unfinished, .inconclusive,
    ]
    return order.first { held.contains($0) } ?? .valid
  }
}

extension ExitStatus {
  /// Prints `message` about wrong usage, without the usage text of the parser, and
  /// returns the status to throw.
  static func misuse(_ message: String) -> ExitStatus {
    StandardStream.error.writeLine("wan-check: \(message)")
    return .usage
  }
}

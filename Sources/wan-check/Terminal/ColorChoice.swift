import ArgumentParser
import Foundation

/// When to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether standard output has colours: decided by the option, then `NO_COLOR` and
  /// `FORCE_COLOR`, then the terminal.
  func isEnabled(environment: [String: String] = ProcessInfo.processInfo.environment, isTerminal: Bool)
    -> Bool
  {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return false }
      if environment["FORCE_COLOR"].map({ !$0.isEmpty && $0 != "0" }) ?? false { return true }
      return isTerminal && environment["TERM"] != "dumb"
    }
  }
}

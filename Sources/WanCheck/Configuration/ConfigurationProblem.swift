package import JobDocuments
import Locations

/// Where a value of the configuration comes from.
package enum ConfigurationOrigin: Sendable, Hashable, CustomStringConvertible {
  /// The default.
  case standard
  /// An option on the command line.
  case commandLine(String)
  /// A variable of the environment.
  case environment(String)
  /// A place in a file.
  case file(String, SourcePosition)

  /// The origin for people: `default`, `--depth`, `WAN_CHECK_DEPTH`, `.wan-check.yml:3:8`.
  package var description: String {
    switch self {
    case .standard: "default"
    case .commandLine(let option): option
    case .environment(let variable): variable
    case .file(let name, let position): "\(displayText(name)):\(position.line):\(position.column)"
    }
  }
}

/// A problem in a configuration, and its place.
package struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The place of the problem.
  package var origin: ConfigurationOrigin
  /// The problem and its fix, as one clause.
  package var message: String

  /// A problem at `origin`.
  package init(_ message: String, at origin: ConfigurationOrigin) {
    self.origin = origin
    self.message = message
  }

  /// The place and the message.
  package var description: String { "\(origin): \(displayText(message))" }
}

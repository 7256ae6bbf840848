import Locations

/// Where a value of the configuration comes from.
package enum ConfigurationOrigin: Sendable, Hashable, CustomStringConvertible {
  /// Nobody said anything.
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

/// A value of the configuration, and where it comes from.
package struct Configured<Value: Sendable>: Sendable {
  /// The value.
  package var value: Value
  /// Where it comes from.
  package var origin: ConfigurationOrigin

  /// A value from `origin`.
  package init(_ value: Value, from origin: ConfigurationOrigin) {
    self.value = value
    self.origin = origin
  }
}

/// What is wrong with a configuration, and where.
package struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where it is wrong.
  package var origin: ConfigurationOrigin
  /// What is wrong and how to mend it, as one clause for people.
  package var message: String

  /// A problem at `origin`.
  package init(_ message: String, at origin: ConfigurationOrigin) {
    self.origin = origin
    self.message = message
  }

  /// The place and the message.
  package var description: String { "\(origin): \(displayText(message))" }
}

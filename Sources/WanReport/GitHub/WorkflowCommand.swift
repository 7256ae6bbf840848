/// A workflow command of GitHub Actions: `::name key=value,key=value::message`.
///
/// Source: GitHub, Workflow commands for GitHub Actions; actions/runner, `ActionCommand`.
struct WorkflowCommand {
  enum Name: String, CaseIterable {
    case error
    case warning
    case notice
  }

  var name: Name
  var properties: [(name: String, value: String)]
  var message: String

  /// The command as one line.
  var text: String {
    let list = properties.map { "\($0.name)=\(Self.escaped($0.value, "%\r\n:,"))" }.joined(separator: ",")
    return "::\(name.rawValue)\(list.isEmpty ? "" : " ")\(list)::\(Self.escaped(message, "%\r\n"))\n"
  }

  /// `text` with the characters of `special` percent-encoded. It goes scalar by scalar: a combining mark
  /// after a colon makes another character of both, but the runner still sees the colon.
  private static func escaped(_ text: String, _ special: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if special.unicodeScalars.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "%" + (digits.count == 1 ? "0" : "") + digits
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// Text for the log of a workflow that cannot be a command, whatever it contains.
enum WorkflowLog {
  /// The text with a backslash wherever a runner would see a command: `::` at the beginning of a line, also
  /// after characters that do not show, and `##[` anywhere.
  static func harmless(_ text: String) -> String {
    var harmless = ""
    // The first scalars of the line, without characters that do not show before them;
    // two are enough to decide.
    var seen: [Unicode.Scalar] = []
    var length = 0
    for scalar in text.unicodeScalars {
      if (scalar == ":" && length == 1 && seen == [":"]) || (scalar == "[" && seen == ["#", "#"]) {
        harmless += "\\"
      }
      harmless.unicodeScalars.append(scalar)
      if scalar == "\n" {
        (seen, length) = ([], 0)
      } else if length > 0 || showsSomething(scalar) {
        seen = seen.suffix(1) + [scalar]
        length += 1
      }
    }
    return harmless
  }

  private static func showsSomething(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
  }
}

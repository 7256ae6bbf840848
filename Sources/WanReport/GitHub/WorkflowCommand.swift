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

  /// The command on a line.
  var text: String {
    let list = properties.map { "\($0.name)=\(Self.escaped($0.value, "%\r\n:,"))" }.joined(separator: ",")
    return "::\(name.rawValue)\(list.isEmpty ? "" : " ")\(list)::\(Self.escaped(message, "%\r\n"))\n"
  }

  /// `text` with what is special in that place percent-encoded; scalar by scalar, since a mark that combines with a colon
  /// leaves the colon there.
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

/// Text in the log of a workflow that is no command, whatever it says.
enum WorkflowLog {
  /// The text with a backslash wherever a runner would see a command: `::` at the beginning of a line, after whatever does
  /// not show, and `##[` anywhere.
  static func harmless(_ text: String) -> String {
    var harmless = ""
    // What stands on the line so far, without what does not show before it; more than two scalars tell nothing.
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

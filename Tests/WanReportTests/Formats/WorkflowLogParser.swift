/// Finds workflow commands in a log as GitHub's runner does, and a little more readily.
struct WorkflowLogParser {
  struct Command: Equatable {
    var name: String
    var properties: [String: String]
    var message: String
  }

  private(set) var commands: [Command] = []
  /// Lines that hold the older `##[command]`, anywhere.
  private(set) var olderCommands: [String] = []

  init(_ log: String) {
    // A runner ends lines at each of these.
    let lines = log.unicodeScalars.split { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
    for line in lines {
      let trimmed = line.drop { $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint }
      if trimmed.starts(with: "::".unicodeScalars) {
        commands.append(Self.command(Array(trimmed.dropFirst(2))))
      } else if Self.position(of: "##[", in: Array(line)) != nil {
        olderCommands.append(String(String.UnicodeScalarView(line)))
      }
    }
  }

  private static func command(_ rest: [Unicode.Scalar]) -> Command {
    guard let end = position(of: "::", in: rest) else {
      return Command(name: "", properties: [:], message: "")
    }
    let head = String(String.UnicodeScalarView(rest[..<end]))
    let message = String(String.UnicodeScalarView(rest[(end + 2)...]))
    let parts = head.split(separator: " ", maxSplits: 1).map(String.init)
    var properties: [String: String] = [:]
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      properties[String(sides[0])] = sides.count > 1 ? unescaped(String(sides[1]), isProperty: true) : ""
    }
    return Command(
      name: parts.first ?? "", properties: properties, message: unescaped(message, isProperty: false))
  }

  private static func unescaped(_ text: String, isProperty: Bool) -> String {
    var text = text.replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    if isProperty { text = text.replacing("%3A", with: ":").replacing("%2C", with: ",") }
    return text.replacing("%25", with: "%")
  }

  private static func position(of needle: String, in scalars: [Unicode.Scalar]) -> Int? {
    let needle = Array(needle.unicodeScalars)
    return scalars.indices.first { scalars[$0...].starts(with: needle) }
  }
}

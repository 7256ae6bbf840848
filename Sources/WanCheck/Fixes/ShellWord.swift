/// Words of a POSIX shell.
package enum ShellWord {
  /// `text` as one word: as it is where that is safe, else in single quotes.
  ///
  /// Control characters and others that cannot be seen are spelled out for `printf`, so that the command survives on
  /// one line of a terminal. Newlines at the very end stay as they are: the shell drops them from what `printf` says.
  package static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.allSatisfy(\.properties.generalCategory.isVisible) else { return spelled(text) }
    let plain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", ":", "+", "=", ",": true
      default: false
      }
    }
    if plain, !text.isEmpty { return text }
    return inQuotes(text.unicodeScalars)
  }

  // Scalar by scalar: to `Character`, a quotation mark with a combining mark behind it is none.
  private static func inQuotes(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    "'\(scalars.map { $0 == "'" ? #"'\''"# : String($0) }.joined())'"
  }

  private static func spelled(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let end = scalars.lastIndex { $0 != "\n" }.map(scalars.index(after:)) ?? scalars.startIndex
    var escaped = String.UnicodeScalarView()
    for scalar in scalars[..<end] {
      if scalar.properties.generalCategory.isVisible {
        escaped.append(contentsOf: (scalar == "\\" ? #"\\"# : String(scalar)).unicodeScalars)
      } else {
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          let padding = String(repeating: "0", count: 3 - digits.count)
          escaped.append(contentsOf: "\\0\(padding)\(digits)".unicodeScalars)
        }
      }
    }
    let rest = scalars[end...].isEmpty ? "" : inQuotes(scalars[end...])
    return "\"$(printf %b \(inQuotes(escaped)))\"\(rest)"
  }
}

import JobDocuments

/// Words of a shell.
package enum ShellWord {
  /// `text` as one word.
  package static func quoted(_ text: String) -> String { quoted(Array(text.utf8)) }

  /// `bytes`, which need not be UTF-8, as one word of a POSIX shell: unchanged if that is safe, else in single quotes.
  ///
  /// Control characters and invisible characters are escaped for `printf`, so that the command stays on one line. The
  /// shell removes newlines from the end of the output of `printf`. A word that ends in a newline is therefore written
  /// `$'…'`, which bash, ksh and zsh support, and a plain `sh` may not.
  package static func quoted(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy(\.properties.generalCategory.isVisible)
    else { return spelled(bytes) }
    let plain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", ":", "+", "=", ",": true
      default: false
      }
    }
    if plain, !text.isEmpty { return text }
    return inQuotes(text)
  }

  /// `bytes` as one word for `printf %b`, which prints them.
  package static func escapedForPrintf(_ bytes: [UInt8]) -> String {
    inQuotes(escaped(bytes, octal: #"\0"#, quotation: "'"))
  }

  // Scalar by scalar, since a `Character` of a quotation mark and a combining mark is not equal to a quotation mark.
  private static func inQuotes(_ text: String) -> String {
    "'\(text.unicodeScalars.map { $0 == "'" ? #"'\''"# : String($0) }.joined())'"
  }

  private static func spelled(_ bytes: [UInt8]) -> String {
    guard bytes.last != UInt8(ascii: "\n") else {
      return "$'\(escaped(bytes, octal: #"\"#, quotation: #"\'"#))'"
    }
    return "\"$(printf %b \(inQuotes(escaped(bytes, octal: #"\0"#, quotation: "'"))))\""
  }

  /// The bytes with each backslash doubled. Bytes of characters that cannot be seen, and bytes that are not UTF-8, become
  /// `octal` and three octal digits.
  private static func escaped(_ bytes: [UInt8], octal: String, quotation: String) -> String {
    var escaped = String.UnicodeScalarView()
    var rest = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var position = 0
    func spell(_ count: Int) {
      for byte in bytes[position..<position + count] {
        let digits = String(byte, radix: 8)
        let padding = String(repeating: "0", count: 3 - digits.count)
        escaped.append(contentsOf: "\(octal)\(padding)\(digits)".unicodeScalars)
      }
      position += count
    }
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        guard scalar.properties.generalCategory.isVisible else {
          spell(encoded.count)
          continue
        }
        switch scalar {
        case "\\": escaped.append(contentsOf: #"\\"#.unicodeScalars)
        case "'": escaped.append(contentsOf: quotation.unicodeScalars)
        default: escaped.append(scalar)
        }
        position += encoded.count
      case .error(let length): spell(length)
      case .emptyInput: return String(escaped)
      }
    }
  }
}

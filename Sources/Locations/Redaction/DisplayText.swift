public import SystemPackage

/// `text` in a form that is safe in a terminal or a report. Characters that would move the cursor, reorder the line or be
/// invisible are shown as escapes, such as `\u{202E}`. All others are unchanged.
public func displayText(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars { append(scalar, to: &shown) }
  return shown
}

/// A path in a form that is safe in a terminal or a report. Bytes that are not UTF-8 are shown as `\xFF`.
public func displayText(_ path: FilePath) -> String {
  var shown = ""
  let bytes = path.bytes
  var rest = bytes.makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  var position = 0
  while true {
    switch parser.parseScalar(from: &rest) {
    case .valid(let encoded):
      append(Unicode.UTF8.decode(encoded), to: &shown)
      position += encoded.count
    case .error(let length):
      for byte in bytes[position..<position + length] {
        shown += "\\x" + String(byte, radix: 16, uppercase: true)
      }
      position += length
    case .emptyInput:
      return shown
    }
  }
}

private func append(_ scalar: Unicode.Scalar, to shown: inout String) {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator:
    break
  case .format where scalar != "\u{200C}" && scalar != "\u{200D}":
    // These two join letters and emoji in ordinary file names, so they are kept.
    break
  default:
    shown.unicodeScalars.append(scalar)
    return
  }
  shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
}

extension FilePath {
  /// The path as the system has it; names need not be UTF-8.
  package var bytes: [UInt8] {
    withPlatformString { start in
      UnsafeBufferPointer(start: start, count: length).map { UInt8(bitPattern: $0) }
    }
  }
}

import JobDocuments

/// A change that servers and frameworks often make to a body before it is verified.
struct BodyChange {
  /// The action that undoes the change, in words that follow "it fits if".
  let name: String
  /// The body after that action.
  let body: [UInt8]

  /// The bodies that may have been changed to `body`, the likeliest first; none is equal to `body`.
  static func candidates(for body: [UInt8]) -> [BodyChange] {
    (lineEnds(of: body) + byteOrderMark(of: body) + spellings(of: body)).filter { $0.body != body }
  }

  private static func lineEnds(of body: [UInt8]) -> [BodyChange] {
    let lineFeed = UInt8(ascii: "\n")
    let carriageReturn = UInt8(ascii: "\r")
    var trimmed = body
    while let last = trimmed.last, last == lineFeed || last == carriageReturn { trimmed.removeLast() }
    var single: [UInt8] = []
    var double: [UInt8] = []
    for byte in body {
      if byte == lineFeed {
        if single.last == carriageReturn { single.removeLast() }
        if double.last != carriageReturn { double.append(carriageReturn) }
      }
      single.append(byte)
      double.append(byte)
    }
    return [
      BodyChange(name: "the line end after the body is left out", body: trimmed),
      BodyChange(name: "a line feed follows the body", body: trimmed + [lineFeed]),
      BodyChange(
        name: "a carriage return and a line feed follow the body", body: trimmed + [carriageReturn, lineFeed]),
      BodyChange(name: "lines end with a line feed only", body: single),
      BodyChange(name: "lines end with a carriage return and a line feed", body: double),
    ]
  }

  private static func byteOrderMark(of body: [UInt8]) -> [BodyChange] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return body.starts(with: mark)
      ? [BodyChange(name: "the byte order mark is left out", body: Array(body.dropFirst(mark.count)))]
      : [BodyChange(name: "a byte order mark precedes the body", body: mark + body)]
  }

  private static func spellings(of body: [UInt8]) -> [BodyChange] {
    guard DocumentValue(answer: body) != nil else { return [] }
    return JSONSpelling.all.map { spelling in
      BodyChange(name: "the JSON is written \(spelling.name)", body: spelling.respelled(body))
    }
  }
}

/// A style of JSON text, with the same values in the same order.
struct JSONSpelling {
  private enum Slashes { case asTheyAre, plain, escaped }

  /// The style in words that follow "the JSON is written".
  let name: String
  private let space: [UInt8]
  private let slashes: Slashes

  /// The styles of common encoders.
  static let all: [JSONSpelling] = [
    JSONSpelling(name: "without white space", space: [], slashes: .asTheyAre),
    JSONSpelling(name: "with a space after each colon and comma", space: [0x20], slashes: .asTheyAre),
    JSONSpelling(name: "without white space, and with plain slashes", space: [], slashes: .plain),
    JSONSpelling(name: "without white space, and with slashes as \\/", space: [], slashes: .escaped),
    JSONSpelling(
      name: "with a space after each colon and comma, and with plain slashes", space: [0x20], slashes: .plain),
  ]

  /// `text`, which is JSON, in this style.
  func respelled(_ text: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let backslash = UInt8(ascii: "\\")
    var result: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in text {
      if isEscaped {
        isEscaped = false
        if byte == slash, slashes == .plain { result.removeLast() }
        result.append(byte)
      } else if isInString {
        isEscaped = byte == backslash
        isInString = byte != UInt8(ascii: "\"")
        if byte == slash, slashes == .escaped { result.append(backslash) }
        result.append(byte)
      } else if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        isInString = byte == UInt8(ascii: "\"")
        result.append(byte)
        if byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") { result += space }
      }
    }
    return result
  }
}

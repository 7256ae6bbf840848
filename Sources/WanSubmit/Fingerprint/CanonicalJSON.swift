import Foundation
import WanCheck

/// JSON in the one form that RFC 8785 (JCS) gives it: no spaces, members sorted by UTF-16 units, numbers as ECMAScript
/// writes them.
///
/// One deviation: integers of 64 bits stand exactly, not as the nearest double, so that two of them stay two.
enum CanonicalJSON {
  /// The canonical text of `value`; `nil` if it has a number that JSON cannot express.
  static func text(_ value: DocumentValue) -> String? {
    var text = ""
    return append(value, to: &text) ? text : nil
  }

  private static func append(_ value: DocumentValue, to text: inout String) -> Bool {
    switch value.content {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .string(let string): append(string, to: &text)
    case .number(let literal):
      guard let number = number(literal) else { return false }
      text += number
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        guard append(element, to: &text) else { return false }
      }
      text += "]"
    case .object(let members):
      text += "{"
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { text += "," }
        append(member.key, to: &text)
        text += ":"
        guard append(member.value, to: &text) else { return false }
      }
      text += "}"
    }
    return true
  }

  /// RFC 8785, 3.2.2.2: only what must be escaped is.
  private static func append(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        text += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func number(_ literal: NumberLiteral) -> String? {
    if let integer = literal.integer {
      return "\(integer)"
    }
    guard let written = literal.jsonText else { return nil }
    let value = literal.doubleValue
    guard value.isFinite else { return literal.isFinite ? written : nil }
    return ecmaScript(value)
  }

  /// `Number::toString` of ECMAScript (ECMA-262, 6.1.6.1.20): the shortest digits that read back as the same double.
  static func ecmaScript(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    guard value > 0 else { return "-" + ecmaScript(-value) }
    // Swift writes the shortest digits, too, only in another layout: `1e-07`, `5e+22`, `0.1`, `100.0`.
    let parts = value.description.lowercased().split(separator: "e")
    let mantissa = parts.first ?? ""
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
    var digits = mantissa.filter(\.isNumber)
    // The value is 0.DIGITS times ten to this power.
    var scale = mantissa.distance(from: mantissa.startIndex, to: point) + power
    while digits.hasPrefix("0"), digits.count > 1 {
      digits.removeFirst()
      scale -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    let count = digits.count
    switch scale {
    case count...21: return digits + String(repeating: "0", count: scale - count)
    case 1...21: return digits.prefix(scale) + "." + digits.dropFirst(scale)
    case -5...0: return "0." + String(repeating: "0", count: -scale) + digits
    default:
      let exponent = scale - 1
      let sign = exponent < 0 ? "-" : "+"
      let tail = count == 1 ? "" : ".\(digits.dropFirst())"
      return "\(digits.prefix(1))\(tail)e\(sign)\(abs(exponent))"
    }
  }
}

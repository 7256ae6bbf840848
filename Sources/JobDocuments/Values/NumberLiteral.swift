/// A number as it was written, with its exact value as far as a machine type holds it.
///
/// `5.0`, `5e0` and `50e-1` are the integer 5; no value ever passes through a `Double` on its way to an
/// integer.
public struct NumberLiteral: Sendable, Hashable, CustomStringConvertible {
  /// The number as it was written.
  public let text: String
  private let notation: Notation

  private enum Notation: Sendable, Hashable {
    case decimal, octal, hexadecimal, infinity, notANumber
  }

  /// A number in JSON's form (RFC 8259, section 6); `nil` for any other text.
  public init?(json text: String) {
    guard DecimalNumber(text[...], grammar: .json) != nil else { return nil }
    self.text = text
    notation = .decimal
  }

  /// The integer `value`.
  package init(_ value: Int64) {
    text = "\(value)"
    notation = .decimal
  }

  /// A number in a form of YAML's core schema (YAML 1.2.2, section 10.3.2); `nil` for any other text.
  public init?(yaml text: String) {
    self.text = text
    if text.hasPrefix("0o"), text.utf8.count > 2, text.utf8.dropFirst(2).allSatisfy(\.isOctalDigit) {
      notation = .octal
    } else if text.hasPrefix("0x"), text.utf8.count > 2,
      text.utf8.dropFirst(2).allSatisfy({ $0.hexadecimalValue != nil })
    {
      notation = .hexadecimal
    } else if [".inf", ".Inf", ".INF"].contains(text.drop { $0 == "+" || $0 == "-" }), text.utf8.count <= 5 {
      notation = .infinity
    } else if [".nan", ".NaN", ".NAN"].contains(text) {
      notation = .notANumber
    } else if DecimalNumber(text[...], grammar: .yaml) != nil {
      notation = .decimal
    } else {
      return nil
    }
  }

  /// The number as it was written.
  public var description: String { text }

  /// Whether the number is written with a minus sign (also `-0`).
  public var isNegative: Bool { text.utf8.first == UInt8(ascii: "-") }

  /// Whether the value is a finite number.
  public var isFinite: Bool { notation != .infinity && notation != .notANumber }

  /// Whether the value is a whole number, of any size.
  public var isInteger: Bool {
    switch notation {
    case .decimal: DecimalNumber(text[...], grammar: .yaml)?.isInteger ?? false
    case .octal, .hexadecimal: true
    case .infinity, .notANumber: false
    }
  }

  /// Whether the number has the form of an integer: no point and no power of ten.
  var isWrittenAsInteger: Bool {
    switch notation {
    case .decimal: !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    case .octal, .hexadecimal: true
    case .infinity, .notANumber: false
    }
  }

  /// The value, if it is a whole number that fits; with `isInteger` and `isNegative`, `nil` means too large
  /// or too small.
  public var integer: Int64? {
    switch notation {
    case .decimal: DecimalNumber(text[...], grammar: .yaml)?.integer
    case .octal: Int64(text.dropFirst(2), radix: 8)
    case .hexadecimal: Int64(text.dropFirst(2), radix: 16)
    case .infinity, .notANumber: nil
    }
  }

  /// The nearest double; infinite if the number is beyond its range.
  public var doubleValue: Double {
    switch notation {
    case .decimal: Double(decimalJSONText) ?? .nan
    case .octal: Self.double(text.dropFirst(2), radix: 8)
    case .hexadecimal: Self.double(text.dropFirst(2), radix: 16)
    case .infinity: isNegative ? -.infinity : .infinity
    case .notANumber: .nan
    }
  }

  /// The same number in JSON's form, as it was written if it has that form already; `nil` if JSON has none.
  public var jsonText: String? {
    switch notation {
    case .decimal: decimalJSONText
    case .octal: UInt64(text.dropFirst(2), radix: 8).map { "\($0)" }
    case .hexadecimal: UInt64(text.dropFirst(2), radix: 16).map { "\($0)" }
    case .infinity, .notANumber: nil
    }
  }

  /// The number as ECMAScript writes it, an integer of 64 bits exactly; `nil` if JSON cannot express it.
  package var canonicalText: String? {
    if let integer { return "\(integer)" }
    guard let jsonText else { return nil }
    let value = doubleValue
    return value.isFinite ? value.ecmaScriptText : jsonText
  }

  /// The exact value of a finite decimal number as a fraction; `nil` with a power of ten, or with more than 9 digits after
  /// the point.
  package var fraction: (numerator: Int64, denominator: Int64)? {
    if isInteger { return integer.map { ($0, 1) } }
    guard let decimal = DecimalNumber(text[...], grammar: .yaml), decimal.exponent.isEmpty,
      decimal.fraction.utf8.count <= 9, let digits = Int64(decimal.whole + decimal.fraction)
    else { return nil }
    let scale = decimal.fraction.utf8.reduce(Int64(1)) { scale, _ in scale * 10 }
    return (decimal.isNegative ? -digits : digits, scale)
  }

  /// The number without what YAML allows and JSON does not: a plus sign, leading zeros, a point without a digit before or
  /// after it.
  private var decimalJSONText: String {
    guard DecimalNumber(text[...], grammar: .json) == nil,
      let number = DecimalNumber(text[...], grammar: .yaml)
    else { return text }
    let whole = number.whole.drop { $0 == "0" }
    return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole)
      + (number.fraction.isEmpty ? "" : ".\(number.fraction)")
      + (number.exponent.isEmpty ? "" : "e\(number.exponent)")
  }

  private static func double(_ digits: Substring, radix: Double) -> Double {
    digits.reduce(0) { $0 * radix + Double($1.hexDigitValue ?? 0) }
  }
}

extension Double {
  /// `Number::toString` of ECMAScript (ECMA-262, 6.1.6.1.20): the shortest digits that read back as the same double; the
  /// value is finite.
  package var ecmaScriptText: String {
    guard self != 0 else { return "0" }
    guard self > 0 else { return "-" + (-self).ecmaScriptText }
    // Swift writes the shortest digits, too, only in another layout: `1e-07`, `5e+22`, `0.1`, `100.0`.
    let parts = description.lowercased().split(separator: "e")
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

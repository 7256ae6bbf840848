/// The parts of a decimal number: digits, fraction and power of ten, still as text.
struct DecimalNumber {
  /// Which forms are numbers.
  enum Grammar {
    /// RFC 8259: no plus sign, no leading zeros, digits on both sides of the point.
    case json
    /// The core schema of YAML 1.2.2.
    case yaml
  }

  let isNegative: Bool
  /// The digits before the point.
  let whole: Substring
  /// The digits after the point.
  let fraction: Substring
  /// The power of ten with its sign; empty if none is written.
  let exponent: Substring

  /// The parts of `text`; `nil` if it is not a number by `grammar`.
  init?(_ text: Substring, grammar: Grammar) {
    var rest = text
    isNegative = rest.utf8.first == UInt8(ascii: "-")
    if isNegative || (grammar == .yaml && rest.utf8.first == UInt8(ascii: "+")) { rest.removeFirst() }
    whole = Self.takeDigits(&rest)
    var fraction: Substring = ""
    let hasPoint = rest.utf8.first == UInt8(ascii: ".")
    if hasPoint {
      rest.removeFirst()
      fraction = Self.takeDigits(&rest)
    }
    self.fraction = fraction
    var exponent: Substring = ""
    if let mark = rest.utf8.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      let start = rest
      if rest.utf8.first == UInt8(ascii: "+") || rest.utf8.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard !Self.takeDigits(&rest).isEmpty else { return nil }
      exponent = start[..<rest.startIndex]
    }
    self.exponent = exponent
    guard rest.isEmpty else { return nil }
    switch grammar {
    case .yaml:
      guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    case .json:
      guard !whole.isEmpty, whole.utf8.first != UInt8(ascii: "0") || whole.utf8.count == 1,
        !hasPoint || !fraction.isEmpty
      else { return nil }
    }
  }

  /// Whether the value is a whole number, of any size.
  var isInteger: Bool { significant.digits.isEmpty || significant.power >= 0 }

  /// The value, if it is a whole number that fits.
  var integer: Int64? {
    let (digits, power) = significant
    guard !digits.isEmpty else { return 0 }
    // An Int64 has 19 digits at most.
    guard power >= 0, power <= 19, digits.count <= 19 else { return nil }
    var value: Int64 = 0
    for digit in digits + Array(repeating: 0, count: power) {
      let (shifted, shiftOverflow) = value.multipliedReportingOverflow(by: 10)
      // Built up below zero for negative numbers, so that the smallest one fits.
      let (sum, sumOverflow) = shifted.addingReportingOverflow(isNegative ? -Int64(digit) : Int64(digit))
      guard !shiftOverflow, !sumOverflow else { return nil }
      value = sum
    }
    return value
  }

  /// The value as digits, without zeros at either end, times a power of ten; no digits for zero.
  private var significant: (digits: [UInt8], power: Int) {
    var digits = (whole + fraction).utf8.map { $0 - UInt8(ascii: "0") }
    digits.removeSubrange(..<(digits.firstIndex { $0 != 0 } ?? digits.endIndex))
    let kept = (digits.lastIndex { $0 != 0 } ?? -1) + 1
    let zeros = digits.count - kept
    digits.removeSubrange(kept...)
    // A power that no Int holds is as good as the largest or smallest: no text has as many digits.
    let written = exponent.isEmpty ? 0 : Int(exponent) ?? (exponent.hasPrefix("-") ? .min / 2 : .max / 2)
    let clamped = min(max(written, .min / 2), .max / 2)
    return (digits, clamped - fraction.utf8.count + zeros)
  }

  private static func takeDigits(_ rest: inout Substring) -> Substring {
    let digits = rest.utf8.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    defer { rest = rest[digits.endIndex...] }
    return Substring(digits)
  }
}

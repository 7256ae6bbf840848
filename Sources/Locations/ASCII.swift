// Classes of ASCII bytes in URLs, hosts and tokens.

extension UInt8 {
  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

  var isAlphanumeric: Bool { isDigit || isLetter }

  /// Letters, digits, `_` and `-`: the characters of most tokens.
  var isOfToken: Bool { isAlphanumeric || self == UInt8(ascii: "_") || self == UInt8(ascii: "-") }

  /// The value of a hexadecimal digit; `nil` for any other byte.
  var hexadecimalValue: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    let small = self | 0x20
    return UInt8(ascii: "a")...UInt8(ascii: "f") ~= small ? small - UInt8(ascii: "a") + 10 : nil
  }
}

extension StringProtocol {
  /// Everything before the first of some ASCII characters.
  func prefix(upToAny characters: String) -> SubSequence {
    self[..<(utf8.firstIndex { characters.utf8.contains($0) } ?? endIndex)]
  }
}

import Foundation

extension JSONValue {
  /// The deepest nesting that is read; the decoder calls itself once a level.
  private static let deepestNesting = 64

  /// The value that a UTF-8 text in JSON spells; `nil` if it spells none, or nests deeper than 64 levels.
  init?(parsing bytes: [UInt8]) {
    // The decoder would read UTF-16 as well, which shows by its zero bytes, and whose nesting is not counted here.
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil,
      Self.nesting(of: bytes) <= Self.deepestNesting,
      let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    else { return nil }
    self = value
  }

  private static func nesting(of bytes: [UInt8]) -> Int {
    var deepest = 0
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = isInString
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += isInString ? 0 : 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= isInString ? 0 : 1
      default: break
      }
    }
    return deepest
  }
}

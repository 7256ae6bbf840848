/// The path to a value inside a document, as RFC 6901 writes it: `/assets/0/start_image_url`.
public struct JSONPointer: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The pointer's text; empty for the whole document.
  public let description: String

  /// The whole document.
  public static let root = JSONPointer(description: "")

  private init(description: String) {
    self.description = description
  }

  /// The pointer to the member called `key` of the object that this points to; `~` and `/` are escaped.
  public func appending(_ key: String) -> JSONPointer {
    var token = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.unicodeScalars.append(scalar)
      }
    }
    return JSONPointer(description: "\(description)/\(token)")
  }

  /// The pointer to the element at `index`, from 0, of the array that this points to.
  public func appending(_ index: Int) -> JSONPointer {
    JSONPointer(description: "\(description)/\(index)")
  }

  /// Whether the text of `lhs` comes before that of `rhs`.
  public static func < (lhs: JSONPointer, rhs: JSONPointer) -> Bool {
    lhs.description < rhs.description
  }
}

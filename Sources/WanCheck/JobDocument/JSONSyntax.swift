import Foundation

/// Whether a text is JSON, as Foundation sees it.
///
/// `JSONDecoder` judges the structure; it looks at neither numbers nor strings unless they are asked for, so
/// a number beyond a `Double` is no error. `JSONSerialization`, which refuses such numbers, only locates an
/// error that is known to be there. Both accept a comma before a closing bracket; `JSONBridge` does not.
enum JSONSyntax {
  /// The byte offset at which `bytes` stop being JSON; their count if they end too early; `nil` if they are
  /// well formed.
  static func firstError(in bytes: [UInt8]) -> Int? {
    let data = Data(bytes)
    guard (try? JSONDecoder().decode(Structure.self, from: data)) == nil else { return nil }
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed])
      return bytes.count
    } catch {
      return offset(of: error as NSError) ?? bytes.count
    }
  }

  /// Accepts every value without a look at it.
  private struct Structure: Decodable {
    init(from decoder: any Decoder) {}
  }

  /// Darwin gives the index as a number; elsewhere it ends the description: `… around character 7.`
  private static func offset(of error: NSError) -> Int? {
    if let index = error.userInfo["NSJSONSerializationErrorIndex"] as? Int { return index }
    guard let description = error.userInfo[NSDebugDescriptionErrorKey] as? String else { return nil }
    let words = description.components(separatedBy: "around character ")
    guard words.count == 2 else { return nil }
    return words.last.flatMap { Int($0.prefix { $0.isNumber }) }
  }
}

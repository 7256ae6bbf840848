import AssetSource

extension WanTask {
  /// Where providers write why a task failed; none of these fields is documented.
  private static let reasonFields = [
    "error", "error_message", "failure_reason", "message", "reason", "detail",
  ]
  /// Characters of a reason that are shown at most.
  private static let longestReason = 500

  /// Why the provider says that it failed, if the answer has a field that is likely to say so: one line, without
  /// queries of URLs and without control characters.
  var failureReason: String? {
    let texts = Self.reasonFields.lazy.compactMap { otherFields[$0] }.compactMap { value in
      value.string ?? value["message"]?.string ?? value["reason"]?.string
    }
    return texts.first { !$0.allSatisfy(\.isWhitespace) }.map(Self.readable)
  }

  private static func readable(_ text: String) -> String {
    text.prefix(longestReason).split(whereSeparator: \.isWhitespace).map { shown($0) }.joined(separator: " ")
  }

  /// A word without the query or the user info of a URL, wherever in it the URL begins.
  private static func shown(_ word: Substring) -> String {
    if let slashes = word.firstRange(of: "://") {
      let head = word[..<slashes.lowerBound]
      let scheme = head.utf8.reversed().prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
      let start = head.utf8.index(head.endIndex, offsetBy: -scheme.count)
      return displayText(String(word[..<start])) + AssetLocation(String(word[start...])).displayText
    }
    guard let mark = word.firstIndex(of: "?"), word[mark...].contains("=") else {
      return displayText(String(word))
    }
    return displayText(String(word[...mark])) + "…"
  }
}

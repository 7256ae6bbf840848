import Locations

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
    let line = text.prefix(longestReason).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Redactor.message(line, limit: ProviderError.longestMessage)
  }
}

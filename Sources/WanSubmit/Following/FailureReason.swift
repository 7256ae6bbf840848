import JobDocuments
import Locations

extension WanTask {
  /// The fields in which providers give the reason of a failure; none of them is documented.
  private static let reasonFields = [
    "error", "error_message", "failure_reason", "message", "reason", "detail",
  ]
  /// The longest reason that is shown, in characters.
  private static let longestReason = 500

  /// The provider's reason for the failure, if the answer has a likely field for it. It is one line, without
  /// queries of URLs and control characters.
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

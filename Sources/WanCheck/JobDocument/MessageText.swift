import JobDocuments
import Locations

extension Excerpts {
  /// Excerpts without the secrets of URLs and paths.
  static let redacted = Excerpts { Redactor.value($0) }
}

extension StringProtocol {
  /// The text for a message: short, on one line, in backticks, without secrets and control characters.
  var excerpt: String { Excerpts.redacted(self) }
}

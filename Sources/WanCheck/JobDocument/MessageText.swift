import JobDocuments
import Locations

extension Excerpts {
  /// Excerpts without the secrets of URLs and paths.
  static let redacted = Excerpts { Redactor.value($0) }
}

extension StringProtocol {
  /// The text as messages quote it: short, on one line, in back quotes, without secrets and control characters.
  var excerpt: String { Excerpts.redacted(self) }
}

import Crypto
import MediaFacts
import WanCheck

/// Gives each finding a fingerprint that is the same in another run, even if its line has moved.
struct Fingerprints {
  private var seen: [String: Int] = [:]

  /// A fingerprint that is unique in this report: 64 hexadecimal digits.
  ///
  /// It is computed from the rule, the file, the field, and the job's id or, without an id, its assets.
  /// Findings that are equal in all of these are numbered in the order of the report.
  mutating func next(_ finding: Finding, in result: CheckResult, at path: String) -> String {
    let job = result.id.map { ["id", $0] } ?? ["assets"] + result.assets.map(\.locationID)
    let asset = result.asset(of: finding)?.locationID ?? ""
    let parts =
      [finding.rule.rawValue, path, finding.pointer ?? "", finding.role?.rawValue ?? "", asset] + job
    let identity = Self.digest(parts)
    let count = seen[identity, default: 0]
    seen[identity] = count + 1
    return count == 0 ? identity : Self.digest([identity, "\(count)"])
  }

  /// The digest of several texts. Their lengths are part of it, so that other splits of
  /// the same characters differ.
  private static func digest(_ parts: [String]) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
    }
    return hash.finalize().hexadecimal
  }
}

import Crypto
import MediaFacts
import WanCheck

/// Names findings so that the same one is known again in another run, wherever its line has moved.
struct Fingerprints {
  private var seen: [String: Int] = [:]

  /// A fingerprint that nothing else in this report has: 64 hexadecimal digits.
  ///
  /// It rests on the rule, the file, the field, and what the job is known by: its id, else its assets. What is alike in
  /// all of them is numbered in the order of the report.
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

  /// The digest of several texts; their lengths keep them apart.
  private static func digest(_ parts: [String]) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(data: Array("\(part.utf8.count):\(part)".utf8))
    }
    return hash.finalize().hexadecimal
  }
}

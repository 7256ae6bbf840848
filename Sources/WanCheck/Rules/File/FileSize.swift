import MediaFacts

/// Checks the size of a file under both readings of MB.
struct FileSize {
  var entry: RuleEntry
  var kind: MediaKind

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.role?.kind == kind, let size = asset.examination.size else { return [] }
    let limit = asset.limit(.size, kind)
    guard let most = limit.maximum else { return [] }
    let readings = Megabyte.allCases.map { megabyte in
      Reading(
        megabyte.name, ["bytes": .integer(size.known)], inside: size.known <= megabyte.bytes(most))
    }
    let measured: String
    switch size {
    case .exactly(let bytes): measured = "\(bytes) bytes"
    case .atLeast(let bytes): measured = "at least \(bytes) bytes"
    }
    return asset.judge(
      entry, readings, limit: limit, actual: ["bytes": .integer(size.known)], fix: "export it smaller",
      repair: Repair(.bytes)
    ) { disagree in
      let bounds = Megabyte.allCases.map { "\($0.bytes(most))" }.joined(separator: " or ")
      return "the file size must be \(limit.text) (\(bounds) bytes); found \(measured)"
        + (disagree ? ", and servers differ in what MB means" : "")
    }
  }
}

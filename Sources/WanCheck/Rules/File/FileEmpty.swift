/// A file has at least one byte.
struct FileEmpty: AssetRule {
  let entry = RuleEntry(
    "file-empty", .file,
    summary: "The file is not empty.",
    source: .practice("A file of zero bytes is not media."),
    breaks: .asset("a file of 0 bytes"), passes: .asset("a file with content"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.examination.size == .exactly(0) else { return [] }
    var finding = asset.finding(entry, "the file is empty (0 bytes)")
    finding.actual = ["bytes": .integer(0)]
    finding.fix = "export or download it again: the last attempt wrote nothing"
    return [finding]
  }
}

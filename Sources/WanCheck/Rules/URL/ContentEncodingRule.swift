import AssetOpening

/// Media is already compressed, so a Content-Encoding is most likely a mistake.
struct ContentEncodingRule: AssetRule {
  let entry = RuleEntry(
    "content-encoding", .url, .warning,
    summary: "A server sends the file as it is, without Content-Encoding.",
    source: .practice("A client that requested no encoding may store the encoded bytes as the file."),
    breaks: .asset("a PNG sent with Content-Encoding: gzip"), passes: .asset("a PNG sent as it is"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let encoding = asset.examination.delivery?.contentEncoding, !encoding.isEmpty,
      encoding.lowercased() != "identity"
    else { return [] }
    var finding = asset.finding(
      entry, "the server sent Content-Encoding: \(encoding), which was not requested")
    finding.actual = ["content_encoding": .text(encoding)]
    finding.fix = "switch off compression for media on the server"
    return [finding]
  }
}

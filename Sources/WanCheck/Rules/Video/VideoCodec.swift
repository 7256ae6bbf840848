import MediaFacts

/// H.264 and HEVC are decoded by every server; other codecs may not be.
struct VideoCodec: AssetRule {
  let entry = RuleEntry(
    "video-codec", .video, .warning,
    summary: "A video is coded as H.264 or HEVC.",
    source: .practice(
      "The API page names containers, not codecs; H.264 and HEVC are what MP4 and MOV servers decode."),
    breaks: .asset("an MP4 with AV1"), passes: .asset("an MP4 with H.264"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let video = asset.video, video.videoTracks > 0, !video.encrypted,
      !(video.codec.map { Self.safe.contains($0) } ?? false)
    else { return [] }
    // A probe that stopped at a bound may not have come to the codec.
    guard video.codec != nil || !asset.wasStopped else { return [] }
    let codec = video.codec ?? "not known"
    var finding = asset.finding(entry, "the video's codec is \(codec); H.264 and HEVC are safe")
    finding.actual = ["codec": .text(video.codec ?? "unknown codec")]
    finding.limit = AllowedValues(oneOf: Self.safe.sorted())
    finding.repair = Repair(.codec)
    return [finding]
  }

  private static let safe: Set<String> = ["h264", "hevc"]
}

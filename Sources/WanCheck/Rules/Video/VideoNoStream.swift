import MediaFacts

/// A video file has a video track.
struct VideoNoStream: AssetRule {
  let entry = RuleEntry(
    "video-no-stream", .video,
    summary: "A video file has a video track with samples.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("an MP4 with audio only"), passes: .asset("an MP4 with a video track"))

  func findings(in asset: AssetSubject) -> [Finding] {
    // A probe that stopped at a bound, or a file whose headers are cut off, cannot say that there is no track.
    guard let video = asset.video, video.videoTracks == 0, asset.defects(.limit, in: .video).isEmpty,
      asset.defects(.truncated, in: .video).isEmpty
    else { return [] }
    var finding = asset.finding(entry, "the file has no video track with samples")
    finding.actual = ["video_tracks": .integer(0)]
    finding.fix =
      video.hasAudio
      ? "use it as audio, which is all that it has, or export it with video" : "export it again"
    return [finding]
  }
}

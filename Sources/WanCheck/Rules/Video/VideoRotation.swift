import MediaFacts

/// Servers differ in whether they honour a rotation matrix.
struct VideoRotation: AssetRule {
  let entry = RuleEntry(
    "video-rotation", .video, .note,
    summary: "A video is stored upright: servers differ in whether they honour its rotation matrix.",
    source: .practice("A decoder may ignore the rotation matrix; the frame is then on its side."),
    breaks: .asset("a phone's MP4 with a rotation of 90 degrees"), passes: .asset("an MP4 without rotation"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let video = asset.video, video.rotation != 0 else { return [] }
    var finding = asset.finding(
      entry, "the video is turned by \(video.rotation) degrees for display: \(video.frameSize?.text ?? "")")
    finding.actual = ["rotation": .count(video.rotation)]
    finding.repair = Repair(.upright)
    return [finding]
  }
}

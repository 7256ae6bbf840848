import MediaFacts

/// At depth `header`, a duration that only counting could give is not proved.
struct DepthInsufficient: AssetRule {
  let entry = RuleEntry(
    "depth-insufficient", .probing, .error, .unproved,
    summary: "The depth is enough to measure what the limits require.",
    source: .practice("A duration that no header states must be counted, which depth header does not do."),
    breaks: .asset("an MP3 without a Xing header, at depth header"),
    passes: .asset("the same MP3, at depth full"))

  func findings(in asset: AssetSubject) -> [Finding] {
    let durations: Durations
    if let audio = asset.audio, audio.codec != nil {
      durations = audio.duration
    } else if let video = asset.video, video.videoTracks > 0 {
      durations = video.duration
    } else {
      return []
    }
    guard durations.known.isEmpty else { return [] }
    var finding = asset.finding(
      entry, "no header states the duration, and depth `\(asset.depth.rawValue)` does not count it")
    finding.fix =
      asset.depth == .header ? "use --depth full" : "export it again: its duration cannot be counted"
    return [finding]
  }
}

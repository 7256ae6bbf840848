import MediaFacts

/// With `video_url`, `duration` is the total: "this is the total output length including the input video duration".
struct DurationCoversVideo: JobRule {
  let entry = RuleEntry(
    "duration-covers-video", .job,
    summary: "When a video is continued, duration is the total and must be more than the video's own length.",
    source: .apiPage(
      "When using video continuation (video_url), this is the total output length including the input video "
        + "duration."),
    breaks: .asset(#"{"video_url": a 6 s video} with no duration: the default is 5"#),
    passes: .asset(#"{"video_url": a 6 s video, "duration": 10}"#))

  func findings(in job: JobSubject) -> [Finding] {
    guard job.job.mode == .videoContinuation, let total = job.job.outputDuration(job.limits),
      let video = job.assets[.video]?.video
    else { return [] }
    let known =
      video.duration.known + video.duration.others.map { ($0.name, $0.seconds) } + video.otherDurations
    let readings = known.map { name, seconds in
      Reading(name, ["video": .fraction(seconds), "duration": .fraction(total)], inside: seconds < total)
    }
    let judgement = ReadingsJudgement(readings, own: video.duration.known.count)
    guard judgement != .allInside, let longest = known.map(\.seconds).max() else { return [] }
    let stated = job.job.isPresent("duration")
    let totalText = "\(total) s" + (stated ? "" : " (the default)")
    var finding = job.finding(
      entry, field: stated ? "duration" : Role.video.field,
      "duration is \(totalText), but the video alone is \(Seconds.text(longest, near: total)) s: "
        + "the total must be more than the video's length")
    if judgement == .disagree { finding.severity = .warning }
    finding.limit = AllowedValues(minimum: .fraction(longest), unit: "s")
    finding.actual = ["duration": .fraction(total), "video": .fraction(longest)]
    finding.readings = readings
    let least = longest.wholeBelow.addingReportingOverflow(1).partialValue
    finding.fix =
      job.limits.duration.contains(Rational(least))
      ? "write \"duration\": \(least) or more"
      : "shorten the video: the total is \(job.limits.duration.text)"
    return [finding]
  }
}

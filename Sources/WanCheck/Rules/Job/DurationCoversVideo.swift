import MediaFacts

/// When a video is continued, the duration is the total, which includes the video's own length.
struct DurationCoversVideo: JobRule {
  let entry = RuleEntry(
    "duration-covers-video", .job,
    summary: "When a video is continued, duration is the total and must be more than the video's own length.",
    breaks: .asset(#"{"$video": a 6 s video} with no duration: the default is 5"#),
    passes: .asset(#"{"$video": a 6 s video, "$duration": 10}"#))

  func findings(in job: JobSubject) -> [Finding] {
    guard job.job.mode == .videoContinuation, let total = job.job.outputDuration,
      let video = job.assets[.video]?.video
    else { return [] }
    let known =
      video.duration.known + video.duration.others.map { ($0.name, $0.seconds) } + video.otherDurations
    let readings = known.map { name, seconds in
      Reading(name, ["video": .fraction(seconds), "duration": .fraction(total)], inside: seconds < total)
    }
    let judgement = ReadingsJudgement(readings, own: video.duration.known.count)
    guard judgement != .allInside, let longest = known.map(\.seconds).max() else { return [] }
    let stated = job.job.isPresent(.duration)
    let totalText = "\(total) s" + (stated ? "" : " (the default)")
    var finding = job.finding(
      entry, stated ? .duration : .video,
      "`\(job.label(.duration))` is the total and must be more than the video's own "
        + "\(Seconds.text(longest, near: total)) s; found \(totalText)")
    // An endpoint that does not state it may behave differently.
    let isStated = job.job.profile.statements[entry.id]?.isDocumented ?? false
    if judgement == .disagree || !isStated { finding.severity = .warning }
    finding.limit = AllowedValues(minimum: .fraction(longest), unit: "s")
    finding.actual = ["duration": .fraction(total), "video": .fraction(longest)]
    finding.readings = readings
    let least = longest.wholeBelow.addingReportingOverflow(1).partialValue
    finding.fix =
      job.limits[.duration].contains(Rational(least))
      ? .words("write \"\(job.label(.duration))\": \(least) or more")
      : .words("shorten the video: the total is \(job.limits[.duration].text)")
    return [finding]
  }
}

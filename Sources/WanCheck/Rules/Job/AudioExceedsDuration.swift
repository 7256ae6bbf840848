import MediaFacts

/// Audio beyond the length of the output is cut.
struct AudioExceedsDuration: JobRule {
  let entry = RuleEntry(
    "audio-exceeds-duration", .job, .warning,
    summary: "Audio is not longer than the output; the rest of it is cut.",
    breaks: .asset(#"{"$start_image": …, "$audio": 8 s of audio, "$duration": 5}"#),
    passes: .asset(#"{"$start_image": …, "$audio": 8 s of audio, "$duration": 8}"#))

  func findings(in job: JobSubject) -> [Finding] {
    guard job.job.mode != nil, let output = job.job.outputDuration,
      let audio = job.assets[.audio]?.audio
    else { return [] }
    let readings = audio.duration.known.map { name, seconds in
      Reading(name, ["audio": .fraction(seconds), "duration": .fraction(output)], inside: seconds <= output)
    }
    guard ReadingsJudgement(readings) != .allInside, let longest = audio.duration.known.map(\.seconds).max()
    else { return [] }
    let stated = job.job.isPresent(.duration)
    var finding = job.finding(
      entry, .audio,
      "the audio lasts \(Seconds.text(longest, near: output)) s, and the output \(output) s"
        + (stated ? "" : " (the default duration)") + ": the rest of the audio is cut")
    finding.limit = AllowedValues(maximum: .fraction(output), unit: "s")
    finding.actual = ["audio": .fraction(longest), "duration": .fraction(output)]
    finding.readings = readings
    let whole = longest.wholeBelow
    let least = Rational(whole) < longest ? whole.addingReportingOverflow(1).partialValue : whole
    if job.limits[.duration].contains(Rational(least)) {
      finding.fix = .words("write \"\(job.label(.duration))\": \(least), or cut the audio")
    } else {
      finding.fix = "cut the audio to \(output) s"
      finding.repair = Repair(.duration, role: .audio, longest: output)
    }
    return [finding]
  }
}

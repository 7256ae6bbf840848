/// The model's owner lists no set of assets with both audio and video.
struct AudioWithVideo: JobRule {
  let entry = RuleEntry(
    "audio-with-video", .job, .warning,
    summary: "Audio is not combined with a video: the model's owner does not list that combination.",
    breaks: .job(
      #"{"$video": "https://cdn.example.net/v.mp4", "$audio": "https://cdn.example.net/a.mp3"}"#),
    passes: .job(
      #"{"$start_image": "https://cdn.example.net/a.png", "$audio": "https://cdn.example.net/a.mp3"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    guard job.job.mode == .videoContinuation, job.job.isPresent(.audio) else { return [] }
    let audio = job.label(.audio)
    var finding = job.finding(
      entry, .audio,
      "`\(audio)` with `\(job.label(.video))` is not a combination that the model's owner lists")
    finding.fix = .words("remove \(audio), or start from an image")
    return [finding]
  }
}

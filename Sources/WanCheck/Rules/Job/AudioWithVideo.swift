/// The model's owner lists no set of assets with both audio and video.
struct AudioWithVideo: JobRule {
  let entry = RuleEntry(
    "audio-with-video", .job, .warning,
    summary: "Audio together with a video is no combination that the model's owner lists.",
    source: .modelOwner(
      "Allowed sets: first frame; first frame + audio; first + last frame; first + last frame + audio; video; "
        + "video + last frame."),
    breaks: .job(
      #"{"video_url": "https://cdn.example.net/v.mp4", "audio_url": "https://cdn.example.net/a.mp3"}"#),
    passes: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "audio_url": "https://cdn.example.net/a.mp3"}"#))

  func findings(in job: JobSubject) -> [Finding] {
    guard job.job.mode == .videoContinuation, job.job.isPresent(Role.audio.field) else { return [] }
    var finding = job.finding(
      entry, field: Role.audio.field,
      "audio_url beside video_url: the model's owner lists no such combination")
    finding.fix = "remove audio_url, or start from an image"
    return [finding]
  }
}

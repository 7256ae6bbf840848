import JobDocuments

/// The assets of a job make one of the three modes.
struct JobMode: JobRule {
  let entry = RuleEntry(
    "job-mode", .job,
    summary: "A job has a start image, a start and an end image, or a video with or without an end image.",
    source: .apiPage(
      "Supports three modes: First frame only: provide start_image_url; First + last frame: provide both "
        + "start_image_url and end_image_url; Video continuation: provide video_url, optionally with "
        + "end_image_url"),
    breaks: .job(#"{"end_image_url": "https://cdn.example.net/b.png"}"#),
    passes: .job(
      #"{"start_image_url": "https://cdn.example.net/a.png", "end_image_url": "https://cdn.example.net/b.png"}"#
    ))

  func findings(in job: JobSubject) -> [Finding] {
    guard case .object? = job.job.body?.content, job.job.mode == nil else { return [] }
    let fields = Role.allCases.map(\.field)
    // A null or empty URL has its own finding, and what it was meant to be is not known.
    guard fields.allSatisfy({ job.job.field($0) == nil || job.job.isPresent($0) }) else { return [] }
    let present = fields.filter(job.job.isPresent)
    let (message, fix): (String, Fix)
    if present.contains(Role.startImage.field) {
      message = "start_image_url and video_url exclude each other"
      fix = "remove one: start_image_url animates an image, video_url continues a video"
    } else if present.contains(Role.endImage.field) {
      message = "end_image_url alone is no mode"
      fix = "add start_image_url (first + last frame) or video_url (video continuation)"
    } else {
      message = "no start_image_url and no video_url: there is nothing to animate"
      fix = "add start_image_url or video_url"
    }
    var finding = job.finding(
      entry, field: present.contains(Role.video.field) ? Role.video.field : present.first, message)
    finding.actual = ["fields": .text(present.joined(separator: ","))]
    finding.limit = AllowedValues(oneOf: Mode.allCases.map(\.rawValue))
    finding.fix = fix
    return [finding]
  }
}

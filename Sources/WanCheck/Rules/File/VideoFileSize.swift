import MediaFacts

/// Video files: "Maximum file size: 100MB".
struct VideoFileSize: AssetRule {
  let entry = RuleEntry(
    "video-file-size", .file,
    summary: "A video file has \(Limits.documented.videoSize.text).",
    source: Limits.documented.videoSize.source,
    breaks: .asset("a 110 MB MP4"), passes: .asset("a 40 MB MP4"))

  func findings(in asset: AssetSubject) -> [Finding] {
    let fix = asset.command.ffmpeg(
      "-c:v libx264 -pix_fmt yuv420p -crf 23 -maxrate 40M -bufsize 80M -c:a aac -b:a 192k -movflags +faststart",
      to: .mp4)
    return FileSize(entry: entry, kind: .video).findings(in: asset, fix: fix)
  }
}

import MediaFacts

/// Audio files: "Maximum file size: 15MB".
struct AudioFileSize: AssetRule {
  let entry = RuleEntry(
    "audio-file-size", .file,
    summary: "An audio file has \(Limits.documented.audioSize.text).",
    source: Limits.documented.audioSize.source,
    breaks: .asset("a 16 MB WAV"), passes: .asset("a 1 MB MP3"))

  func findings(in asset: AssetSubject) -> [Finding] {
    let fix = asset.command.ffmpeg("-vn -c:a libmp3lame -b:a 192k", to: .mp3)
    return FileSize(entry: entry, kind: .audio).findings(in: asset, fix: fix)
  }
}

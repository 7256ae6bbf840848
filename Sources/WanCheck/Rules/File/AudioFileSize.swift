import MediaFacts

/// Audio files: "Maximum file size: 15MB".
struct AudioFileSize: AssetRule {
  let entry = RuleEntry(
    "audio-file-size", .file,
    summary: "An audio file has \(Limits.documented[.audio, .size].text).",
    source: Limits.documented[.audio, .size].source,
    breaks: .asset("a 16 MB WAV"), passes: .asset("a 1 MB MP3"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FileSize(entry: entry, kind: .audio).findings(in: asset)
  }
}

import MediaFacts

/// Audio decodes without damage.
struct AudioCorrupt: AssetRule {
  let entry = RuleEntry(
    "audio-corrupt", .audio,
    summary: "Every packet of an audio file reads, and what is decoded decodes.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("an MP3 with a block of noise in the middle"), passes: .asset("an MP3 as it was exported"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .corrupt, kind: .audio).findings(
      in: asset, fix: "export or download the audio again: these bytes are damaged")
      + TrailingBytes(entry: entry, kind: .audio).findings(in: asset)
  }
}

/// Bytes after the end of audio or video: decoders skip them, so a warning.
struct TrailingBytes {
  var entry: RuleEntry
  var kind: MediaKind

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .trailingData, kind: kind).findings(
      in: asset, fix: "export it again, or cut what follows the end", repair: Repair(.end)
    ).map(\.asWarning)
  }
}

extension Finding {
  /// The same as a warning: decoders pass over what was found.
  var asWarning: Finding {
    var finding = self
    finding.severity = .warning
    return finding
  }
}

extension Defect.Kind {
  /// Whether decoders pass over what is wrong, so that it keeps nothing else from being proved.
  var isPassedOver: Bool {
    self == .trailingData || self == .emptySamples || self == .irregular || self == .cutEnd
  }
}

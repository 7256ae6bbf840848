import MediaFacts

/// A format that a command writes: its name for programs, and the extension of its files.
enum MediaTarget: String {
  case jpeg
  case png
  case bmp
  case webp
  case wav
  case mp3
  case mp4
  case mov

  init?(_ format: MediaFormat) { self.init(rawValue: format.id) }

  var id: String { rawValue }
  var suffix: String { FormatTable.row(id: rawValue)?.extensions.first ?? rawValue }
}

/// A demuxer of libavformat that probes may use; the format is known before libavformat sees a byte, since a wrong
/// demuxer may read a file many times over and still find something in it.
enum LibAVDemuxer: String, Sendable {
  /// MP4 and MOV.
  case mov
  /// RIFF/WAVE, RF64 and BW64.
  case wav
  /// MPEG audio, with or without tags.
  case mp3

  /// The option that reads every sample that the tables name, also those that an edit list hides.
  static let everySample = (name: "ignore_editlist", value: "1")

  /// Options beyond libavformat's defaults, by name.
  var options: [(name: String, value: String)] {
    switch self {
    case .mov:
      [
        // Other files are never opened.
        ("enable_drefs", "0"), ("use_absolute_path", "0"),
        // Pictures of chapters are a track like any other, since they are to some readers.
        ("ignore_chapters", "1"),
      ]
    case .wav, .mp3:
      []
    }
  }
}

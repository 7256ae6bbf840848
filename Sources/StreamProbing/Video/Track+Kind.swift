import CFFmpeg

extension Track {
  /// Decides what the track is for a reader, as libavformat does: a handler that names pictures or sound counts first,
  /// and a sample entry of either kind makes a track of any other handler one of that kind.
  mutating func decideKind() {
    let entry = entryKind
    kind =
      switch handler {
      case .video: .video
      case .audio: entry == .video ? .audio : entry ?? .audio
      case .other: entry ?? .other
      }
    if handler == .other, kind != .other, !isAuxiliary {
      kindDefect = "track \(id) is \(kind.name) by its sample entry '\(codec ?? "")', but not by its handler"
    } else if handler != .other, let entry, entry != handler {
      kindDefect = "track \(id) is \(handler.name) by its handler, and \(entry.name) by its sample entry '\(codec ?? "")'"
    }
  }

  /// What the first sample entry is by libavformat's lists of codecs, in the order in which it asks them.
  private var entryKind: Kind? {
    guard let tag = codec.flatMap(Self.tag) else { return nil }
    func isKnown(_ tags: OpaquePointer?) -> Bool {
      var lists = [tags, nil]
      return lists.withUnsafeMutableBufferPointer { av_codec_get_id($0.baseAddress, tag) != AV_CODEC_ID_NONE }
    }
    let (sound, pictures) = (isKnown(avformat_get_mov_audio_tags()), isKnown(avformat_get_mov_video_tags()))
    // Raw samples are on both lists.
    if sound, pictures { return handler == .other ? .audio : handler }
    return sound ? .audio : pictures ? .video : nil
  }

  /// Four characters as libavformat writes a codec's tag.
  private static func tag(_ type: String) -> UInt32? {
    let bytes = Array(type.utf8)
    guard bytes.count == 4 else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension Track.Kind {
  /// For people.
  var name: String {
    switch self {
    case .video: "video"
    case .audio: "audio"
    case .other: "neither video nor audio"
    }
  }
}

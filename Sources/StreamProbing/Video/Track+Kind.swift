import CFFmpeg

extension Track {
  /// Decides what the track is for a reader, as libavformat does: a handler that names video or audio counts first,
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
      kindDefect =
        "track \(id) is \(handler.name) by its handler, and \(entry.name) by its sample entry '\(codec ?? "")'"
    }
  }

  /// How the sample entries contradict each other, if they do: some readers take the first codec, others the last.
  var entriesDefect: String? {
    let codecs = entries.map { Self.sameCodec[$0.type] ?? $0.type }
    guard kind != .other, let first = codecs.first, let other = codecs.first(where: { $0 != first }) else {
      return nil
    }
    return
      "track \(id) has sample entries of several codecs ('\(first)', '\(other)'), and readers disagree about which one counts"
  }

  /// Entries that differ only in where parameter sets are.
  private static let sameCodec = ["avc3": "avc1", "hev1": "hvc1", "dvhe": "dvh1"]

  /// Whether libavformat's lists of codecs have the first sample entry.
  var hasKnownEntry: Bool { entryKind != nil }

  /// FFmpeg's name of the codec that the first sample entry stands for; `nil` if it is in no list, or its own headers
  /// say which codec it is.
  var entryCodec: String? {
    guard kind != .other, let entry = codec, !["mp4a", "mp4v", "mp4s"].contains(entry),
      let tag = Self.tag(entry)
    else {
      return nil
    }
    var lists = [kind == .video ? avformat_get_mov_video_tags() : avformat_get_mov_audio_tags(), nil]
    let id = lists.withUnsafeMutableBufferPointer { av_codec_get_id($0.baseAddress, tag) }
    let name = String(cString: avcodec_get_name(id))
    // Other boxes say how large a sample is, and in which order its bytes are.
    return id == AV_CODEC_ID_NONE || name.hasPrefix("pcm_") || name == "rawvideo" ? nil : name
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

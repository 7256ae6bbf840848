import CFFmpeg

extension Track {
  /// Decides the kind of the track as libavformat does. A video or audio handler decides first. For any other
  /// handler, a video or audio sample entry decides.
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

  /// How the sample entries contradict each other, if they do. Some readers use the first codec, others the
  /// last.
  var entriesDefect: String? {
    let codecs = entries.map { Self.sameCodec[$0.type] ?? $0.type }
    guard kind != .other, let first = codecs.first, let other = codecs.first(where: { $0 != first }) else {
      return nil
    }
    return
      "track \(id) has sample entries of several codecs ('\(first)', '\(other)'), and readers disagree about which one counts"
  }

  /// Entries that differ only in the position of their parameter sets.
  private static let sameCodec = ["avc3": "avc1", "hev1": "hvc1", "dvhe": "dvh1"]

  /// Whether libavformat's lists of codecs contain the first sample entry.
  var hasKnownEntry: Bool { entryKind != nil }

  /// FFmpeg's name of the first sample entry's codec; `nil` if no list contains it, or if the codec is stated
  /// only in its own headers.
  var entryCodec: String? {
    guard kind != .other, let entry = codec, !["mp4a", "mp4v", "mp4s"].contains(entry),
      let tag = Self.tag(entry)
    else {
      return nil
    }
    var lists = [kind == .video ? avformat_get_mov_video_tags() : avformat_get_mov_audio_tags(), nil]
    let id = lists.withUnsafeMutableBufferPointer { av_codec_get_id($0.baseAddress, tag) }
    let name = String(cString: avcodec_get_name(id))
    // Other boxes state the size of a sample and its byte order.
    return id == AV_CODEC_ID_NONE || name.hasPrefix("pcm_") || name == "rawvideo" ? nil : name
  }

  /// The kind of the first sample entry in libavformat's lists of codecs, searched in libavformat's order.
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

package import MediaFacts
package import WanCheck

/// The facts of one asset in the form of the report's schema; the keys depend on `kind`.
package struct JSONFacts: Encodable {
  var facts: MediaFacts
  var size: ByteSize?
  var sha256: String?

  /// The facts of a file with this size and hash.
  package init(facts: MediaFacts, size: ByteSize?, sha256: String?) {
    self.facts = facts
    self.size = size
    self.sha256 = sha256
  }

  private enum Key: String, CodingKey {
    case kind, format, detail, bytes, sha256, evidence, width, height, orientation, animated, frames, alpha
    case color, coding, codec, channels, duration, brand, rotation, encrypted, fragmented
    case bytesAtLeast = "bytes_at_least"
    case emptyAlpha = "empty_alpha"
    case endDeclared = "end_declared"
    case transparentPixels = "transparent_pixels"
    case bitDepth = "bit_depth"
    case sampleRate = "sample_rate"
    case displayWidth = "display_width"
    case displayHeight = "display_height"
    case sampleAspectRatio = "sample_aspect_ratio"
    case frameRate = "frame_rate"
    case videoTracks = "video_tracks"
    case otherReadings = "other_readings"
    case hasAudio = "has_audio"
    case moovFirst = "moov_first"
  }

  /// Encodes the keys that belong to the kind of media.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(facts.format?.kind?.rawValue ?? "other", forKey: .kind)
    try values.encode(facts.format?.id ?? "unknown", forKey: .format)
    try values.encodeIfPresent(facts.formatDetail, forKey: .detail)
    switch size {
    case .exactly(let bytes): try values.encode(bytes, forKey: .bytes)
    case .atLeast(let bytes): try values.encode(bytes, forKey: .bytesAtLeast)
    case nil: try values.encodeNil(forKey: .bytes)
    }
    try values.encode(sha256, forKey: .sha256)
    try values.encode(facts.endDeclared, forKey: .endDeclared)
    try values.encode(facts.evidence.map(\.rawValue), forKey: .evidence)
    if let image = facts.image { try encode(image, in: &values) }
    if let audio = facts.audio { try encode(audio, in: &values) }
    if let video = facts.video { try encode(video, in: &values) }
  }

  private func encode(_ image: ImageFacts, in values: inout KeyedEncodingContainer<Key>) throws {
    try values.encode(image.width, forKey: .width)
    try values.encode(image.height, forKey: .height)
    try values.encode(image.orientation, forKey: .orientation)
    try values.encode(image.animated, forKey: .animated)
    try values.encode(image.frames, forKey: .frames)
    try values.encode(image.alpha, forKey: .alpha)
    try values.encode(image.transparentPixels, forKey: .transparentPixels)
    if image.emptyAlpha { try values.encode(true, forKey: .emptyAlpha) }
    try values.encode(image.color.rawValue, forKey: .color)
    try values.encode(image.bitDepth, forKey: .bitDepth)
    try values.encode(image.coding.rawValue, forKey: .coding)
  }

  private func encode(_ audio: AudioFacts, in values: inout KeyedEncodingContainer<Key>) throws {
    try values.encode(audio.codec, forKey: .codec)
    try values.encode(audio.sampleRate, forKey: .sampleRate)
    try values.encode(audio.channels, forKey: .channels)
    try values.encode(JSONDurations(durations: audio.duration), forKey: .duration)
  }

  private func encode(_ video: VideoFacts, in values: inout KeyedEncodingContainer<Key>) throws {
    let ratio = video.sampleAspectRatio
    try values.encode(video.brand, forKey: .brand)
    try values.encode(video.codec, forKey: .codec)
    try values.encode(video.width, forKey: .width)
    try values.encode(video.height, forKey: .height)
    try values.encode(video.displayWidth, forKey: .displayWidth)
    try values.encode(video.displayHeight, forKey: .displayHeight)
    try values.encode(video.rotation, forKey: .rotation)
    try values.encode("\(ratio.numerator):\(ratio.denominator)", forKey: .sampleAspectRatio)
    try values.encode(video.frameRate?.doubleValue, forKey: .frameRate)
    try values.encode(video.frames, forKey: .frames)
    try values.encode(video.videoTracks, forKey: .videoTracks)
    if !video.otherReadings.isEmpty {
      try values.encode(video.otherReadings.map(JSONPictureReading.init), forKey: .otherReadings)
    }
    try values.encode(video.hasAudio, forKey: .hasAudio)
    try values.encode(video.encrypted, forKey: .encrypted)
    try values.encode(video.fragmented, forKey: .fragmented)
    try values.encode(video.moovFirst, forKey: .moovFirst)
    try values.encode(JSONDurations(durations: video.duration), forKey: .duration)
  }
}

/// Another picture that a reader may show as the video, instead of the first video track.
private struct JSONPictureReading: Encodable {
  var reading: PictureReading

  private enum Key: String, CodingKey {
    case name, width, height, duration
    case displayWidth = "display_width"
    case displayHeight = "display_height"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(reading.name, forKey: .name)
    try values.encode(reading.width, forKey: .width)
    try values.encode(reading.height, forKey: .height)
    try values.encode(reading.displayWidth, forKey: .displayWidth)
    try values.encode(reading.displayHeight, forKey: .displayHeight)
    try values.encodeIfPresent(reading.duration?.doubleValue, forKey: .duration)
  }
}

/// The duration in seconds by each way to read it; null if it is not known.
private struct JSONDurations: Encodable {
  var durations: Durations

  private enum Key: String, CodingKey {
    case container, stream, counted, others
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(durations.container?.doubleValue, forKey: .container)
    try values.encode(durations.stream?.doubleValue, forKey: .stream)
    try values.encode(durations.counted?.doubleValue, forKey: .counted)
    if !durations.others.isEmpty {
      try values.encode(durations.others.map(JSONDurationReading.init), forKey: .others)
    }
  }
}

/// A duration that the file states in one place.
private struct JSONDurationReading: Encodable {
  var name: String
  var seconds: Double

  init(_ reading: DurationReading) {
    name = reading.name
    seconds = reading.seconds.doubleValue
  }
}

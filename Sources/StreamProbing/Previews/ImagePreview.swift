import CFFmpeg
package import MediaFacts
package import MediaReading

/// Makes a preview of an image that was measured and found whole.
///
/// The decoders that measure keep no pixels, so a separate decoder reads the image again. If that decoder
/// fails, there is no preview.
package enum ImagePreview {
  /// The second decoder may hold the file and one frame.
  private static let mostBytes: Int64 = 24 << 20
  private static let mostPixels: Int64 = 24 << 20
  /// How often a JPEG decoder may halve the image itself, and the side above which halving loses no visible
  /// detail.
  private static let mostHalvings: Int32 = 3
  private static let sharpSide = Preview.longestSide * 2

  /// The preview of the image with the facts `facts`; `nil` if the image cannot have one.
  package static func make(_ reader: MeteredReader, _ facts: MediaFacts) -> Preview? {
    guard let image = facts.image, let coding = coding(facts), facts.evidence.contains(.rows),
      facts.defects.allSatisfy({ [.trailingData, .irregular].contains($0.kind) }),
      image.color != .cmyk, let length = reader.length, length <= mostBytes,
      Int64(image.width) * Int64(image.height) <= mostPixels
    else { return nil }
    var packet = av_packet_alloc()
    defer { av_packet_free(&packet) }
    guard let packet, av_new_packet(packet, Int32(length)) >= 0, fill(packet.pointee, reader) else {
      return nil
    }
    return decode(packet, coding, image)
  }

  private static func coding(_ facts: MediaFacts) -> AVCodecID? {
    switch facts.format {
    case .jpeg?: AV_CODEC_ID_MJPEG
    case .png?: AV_CODEC_ID_PNG
    case .webp?: AV_CODEC_ID_WEBP
    case .bmp?: AV_CODEC_ID_BMP
    default: nil
    }
  }

  private static func fill(_ packet: AVPacket, _ reader: MeteredReader) -> Bool {
    guard let start = packet.data else { return false }
    let space = UnsafeMutableRawBufferPointer(start: start, count: Int(packet.size))
    var filled = 0
    while filled < space.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled...])
      guard let count = try? reader.read(at: Int64(filled), into: rest), count > 0 else { return false }
      filled += count
    }
    return true
  }

  private static func decode(
    _ packet: UnsafeMutablePointer<AVPacket>, _ coding: AVCodecID, _ image: ImageFacts
  ) -> Preview? {
    // The second decoder may report warnings for an intact image.
    LibAVSession.settings
    guard let decoder = avcodec_find_decoder(coding) else { return nil }
    var context = avcodec_alloc_context3(decoder)
    var frame = av_frame_alloc()
    defer {
      av_frame_free(&frame)
      avcodec_free_context(&context)
    }
    guard let context, let frame else { return nil }
    context.pointee.thread_count = 1
    context.pointee.max_pixels = mostPixels
    var halvings: Int32 = 0
    while halvings < min(mostHalvings, Int32(decoder.pointee.max_lowres)),
      max(image.width, image.height) >> Int(halvings + 1) >= sharpSide
    { halvings += 1 }
    context.pointee.lowres = halvings
    guard avcodec_open2(context, decoder, nil) >= 0, avcodec_send_packet(context, packet) >= 0 else {
      return nil
    }
    _ = avcodec_send_packet(context, nil)
    guard avcodec_receive_frame(context, frame) >= 0 else { return nil }
    return PreviewPicture.make(frame.pointee, quarterTurns: quarterTurns(image.orientation))
  }

  /// Clockwise turns that EXIF states; mirrored images are rare and stay as they are stored.
  private static func quarterTurns(_ orientation: Int) -> Int {
    switch orientation {
    case 3: 2
    case 6: 1
    case 8: 3
    default: 0
    }
  }
}

import CFFmpeg
import MediaFacts

/// Makes a preview of a decoded frame: scaled down, turned upright, and written as a JPEG.
enum PreviewPicture {
  /// Samples on each side of the square that makes a pixel: enough that fine lines do not flicker.
  private static let samples = 3
  /// The encoder's scale of quantizers begins at 2.
  private static let quantizer: Int32 = 5

  /// The preview of `frame`, turned clockwise by `quarters`; `nil` if its layout is not known, or encoding
  /// fails.
  static func make(_ frame: AVFrame, quarterTurns: Int) -> Preview? {
    guard let pixels = FramePixels(frame) else { return nil }
    let turns = ((quarterTurns % 4) + 4) % 4
    let (wide, high) = turns % 2 == 0 ? (pixels.width, pixels.height) : (pixels.height, pixels.width)
    let longest = Preview.longestSide
    let scale = min(1, Double(longest) / Double(max(wide, high)))
    let width = min(longest, max(1, Int((Double(wide) * scale).rounded())))
    let height = min(longest, max(1, Int((Double(high) * scale).rounded())))
    return encode(width, height) { x, y in
      var sum = (red: 0, green: 0, blue: 0)
      for row in 0..<samples {
        for column in 0..<samples {
          let u = (Double(x) + (Double(column) + 0.5) / Double(samples)) / Double(width)
          let v = (Double(y) + (Double(row) + 0.5) / Double(samples)) / Double(height)
          let (across, down) = stored(u, v, turns)
          let color = pixels.color(
            min(pixels.width - 1, Int(across * Double(pixels.width))),
            min(pixels.height - 1, Int(down * Double(pixels.height))))
          sum = (sum.red + color.red, sum.green + color.green, sum.blue + color.blue)
        }
      }
      let count = samples * samples
      return (sum.red / count, sum.green / count, sum.blue / count)
    }
  }

  /// Where a displayed place is in the stored frame, both from 0 to 1.
  private static func stored(_ u: Double, _ v: Double, _ turns: Int) -> (Double, Double) {
    switch turns {
    case 1: (v, 1 - u)
    case 2: (1 - u, 1 - v)
    case 3: (1 - v, u)
    default: (u, v)
    }
  }

  private static func encode(_ width: Int, _ height: Int, _ color: (Int, Int) -> FramePixels.Color)
    -> Preview?
  {
    guard let encoder = avcodec_find_encoder(AV_CODEC_ID_MJPEG) else { return nil }
    var context = avcodec_alloc_context3(encoder)
    var frame = av_frame_alloc()
    var packet = av_packet_alloc()
    defer {
      av_packet_free(&packet)
      av_frame_free(&frame)
      avcodec_free_context(&context)
    }
    guard let context, let frame, let packet else { return nil }
    (context.pointee.width, context.pointee.height) = (Int32(width), Int32(height))
    context.pointee.pix_fmt = AV_PIX_FMT_YUVJ444P
    context.pointee.color_range = AVCOL_RANGE_JPEG
    context.pointee.time_base = AVRational(num: 1, den: 1)
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_QSCALE
    context.pointee.global_quality = FF_QP2LAMBDA * quantizer
    (frame.pointee.width, frame.pointee.height) = (Int32(width), Int32(height))
    frame.pointee.format = AV_PIX_FMT_YUVJ444P.rawValue
    frame.pointee.quality = FF_QP2LAMBDA * quantizer
    frame.pointee.pts = 0
    guard avcodec_open2(context, encoder, nil) >= 0, av_frame_get_buffer(frame, 0) >= 0,
      let luma = frame.pointee.data.0, let blue = frame.pointee.data.1, let red = frame.pointee.data.2
    else { return nil }
    let strides = frame.pointee.linesize
    for y in 0..<height {
      for x in 0..<width {
        let (r, g, b) = color(x, y)
        luma[y * Int(strides.0) + x] = UInt8(clamping: (77 * r + 150 * g + 29 * b) >> 8)
        blue[y * Int(strides.1) + x] = UInt8(clamping: 128 + (-43 * r - 85 * g + 128 * b) >> 8)
        red[y * Int(strides.2) + x] = UInt8(clamping: 128 + (128 * r - 107 * g - 21 * b) >> 8)
      }
    }
    guard avcodec_send_frame(context, frame) >= 0, avcodec_send_frame(context, nil) >= 0,
      avcodec_receive_packet(context, packet) >= 0, let bytes = packet.pointee.data
    else { return nil }
    let jpeg = Array(UnsafeBufferPointer(start: bytes, count: Int(packet.pointee.size)))
    return Preview(width: width, height: height, jpeg: jpeg)
  }
}

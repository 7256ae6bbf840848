import CFFmpeg
import MediaFacts

/// One decoder of libavcodec with its frame. It decodes on the calling thread and keeps no pixels.
final class LibAVDecoder {
  private var context: UnsafeMutablePointer<AVCodecContext>?
  private var frame: UnsafeMutablePointer<AVFrame>?
  private let scope: DecodeScope
  private let poster: Poster?
  private var packets = 0
  private(set) var tally = DecodeTally()

  /// A decoder for `stream`. If none is allowed, or it refuses the headers, the tally reports that and the
  /// decoder is done.
  ///
  /// - Parameter keepsHidden: Whether the decoder also returns samples that an edit list hides.
  init(
    _ stream: UnsafeMutablePointer<AVStream>, _ scope: DecodeScope, budget: Budget, keepsHidden: Bool = false,
    poster: Poster? = nil
  ) {
    self.poster = poster
    self.scope = scope
    guard let codec = AllowedDecoders.decoder(for: stream.pointee.codecpar.pointee.codec_id) else {
      tally.unsupported = true
      return
    }
    context = avcodec_alloc_context3(codec)
    frame = av_frame_alloc()
    guard let context, frame != nil else {
      fail(wan_averror_nomem)
      return
    }
    var code = avcodec_parameters_to_context(context, stream.pointee.codecpar)
    if code >= 0 {
      context.pointee.thread_count = 1
      context.pointee.max_pixels = budget.pixels
      context.pointee.pkt_timebase = stream.pointee.time_base
      if keepsHidden { context.pointee.flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL }
      context.pointee.err_recognition =
        AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
      code = avcodec_open2(context, codec, nil)
    }
    if code < 0 { fail(code) }
  }

  deinit {
    av_frame_free(&frame)
    avcodec_free_context(&context)
  }

  /// Whether this decoder can yield no further facts.
  var finished: Bool {
    if context == nil || tally.unsupported { return true }
    return switch scope {
    case .nothing: true
    case .firstFrames: tally.frames > 0 || tally.errors > 0
    case .firstFramesPastErrors: tally.frames > 0
    case .everyFrame: false
    }
  }

  /// Decodes one packet, or with `nil` drains the frames that the decoder still holds.
  func decode(_ packet: UnsafeMutablePointer<AVPacket>?) {
    guard !finished, let context else { return }
    if packet != nil { packets += 1 }
    let code = avcodec_send_packet(context, packet)
    if code < 0, code != wan_averror_eof { note(code) }
    receive(from: context)
  }

  private func receive(from context: UnsafeMutablePointer<AVCodecContext>) {
    while !finished, let frame {
      let code = avcodec_receive_frame(context, frame)
      if code == wan_averror_again || code == wan_averror_eof { return }
      guard code >= 0 else {
        note(code)
        return
      }
      look(at: frame.pointee)
      av_frame_unref(frame)
    }
  }

  private func look(at frame: AVFrame) {
    tally.frames += 1
    if frame.decode_error_flags != 0 || frame.flags & AV_FRAME_FLAG_CORRUPT != 0 {
      note(wan_averror_invalid)
    }
    if frame.nb_samples > 0, frame.sample_rate > 0 {
      // A budget allows no more frames than packets, and each has fewer than 2^31 samples.
      tally.samples[Int(frame.sample_rate), default: 0] += Int64(frame.nb_samples)
    }
    guard frame.width > 0, frame.height > 0 else { return }
    let size = FrameSize(width: Int(frame.width), height: Int(frame.height))
    if let first = tally.size {
      if size != first, tally.otherSizes.count < DecodeTally.mostSizes { tally.otherSizes.insert(size) }
    } else {
      tally.size = size
      if let poster { tally.preview = PreviewPicture.make(frame, quarterTurns: poster.quarterTurns) }
      let ratio = frame.sample_aspect_ratio
      tally.sampleAspectRatio = ratio.num > 0 ? Rational(Int64(ratio.num), over: Int64(ratio.den)) : nil
    }
  }

  private func note(_ code: CInt) {
    let failure = LibAVFailure(code)
    if failure.isUnsupported {
      tally.unsupported = true
      return
    }
    tally.errors += 1
    guard tally.firstError == nil else { return }
    tally.firstError = failure
    tally.firstErrorPacket = packets
  }

  private func fail(_ code: CInt) {
    note(code)
    avcodec_free_context(&context)
  }
}

import CFFmpeg

/// Reads the codec's own headers in packets of one video stream, without decoding a frame. A parameter set
/// inside the stream may change the size of the frames.
///
/// Not thread-safe.
final class CodecHeaders {
  private var parser: UnsafeMutablePointer<AVCodecParserContext>?
  private var context: UnsafeMutablePointer<AVCodecContext>?
  private var parameters: UnsafeMutablePointer<AVCodecParameters>?

  /// Codecs whose parser states the size. Other parsers state no size, or search for the ends of frames.
  private static let codecs: Set<UInt32> = [AV_CODEC_ID_H264.rawValue, AV_CODEC_ID_HEVC.rawValue]

  /// `nil` if this codec has no header that states a size, or memory ran out.
  init?(_ source: UnsafePointer<AVCodecParameters>) {
    guard Self.codecs.contains(source.pointee.codec_id.rawValue) else { return nil }
    parameters = avcodec_parameters_alloc()
    guard let parameters, avcodec_parameters_copy(parameters, source) >= 0, open() else { return nil }
  }

  deinit {
    close()
    avcodec_parameters_free(&parameters)
  }

  /// The size that `packet` states; `nil` if it states none.
  func size(in packet: UnsafeMutablePointer<AVPacket>) -> FrameSize? {
    takeHeaders(of: packet)
    guard let parser, let context else { return nil }
    var frame: UnsafeMutablePointer<UInt8>?
    var count: CInt = 0
    parser.pointee.width = 0
    parser.pointee.height = 0
    _ = av_parser_parse2(
      parser, context, &frame, &count, packet.pointee.data, packet.pointee.size, wan_av_nopts, wan_av_nopts,
      -1)
    let size = FrameSize(width: Int(parser.pointee.width), height: Int(parser.pointee.height))
    return size.width > 0 && size.height > 0 ? size : nil
  }

  /// A packet may begin to use another sample entry.
  private func takeHeaders(of packet: UnsafeMutablePointer<AVPacket>) {
    var count = 0
    guard let bytes = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &count), count > 0,
      count <= Self.mostHeaderBytes, let parameters
    else { return }
    let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE)
    guard let copy = av_mallocz(count + padding) else { return }
    copy.copyMemory(from: bytes, byteCount: count)
    av_free(parameters.pointee.extradata)
    parameters.pointee.extradata = copy.assumingMemoryBound(to: UInt8.self)
    parameters.pointee.extradata_size = CInt(count)
    close()
    _ = open()
  }

  private static let mostHeaderBytes = 1 << 20

  private func open() -> Bool {
    guard let parameters else { return false }
    parser = av_parser_init(CInt(bitPattern: parameters.pointee.codec_id.rawValue))
    context = avcodec_alloc_context3(nil)
    guard let parser, let context, avcodec_parameters_to_context(context, parameters) >= 0 else {
      close()
      return false
    }
    // A packet is a frame, so the parser holds no data back.
    parser.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
    return true
  }

  private func close() {
    av_parser_close(parser)
    parser = nil
    avcodec_free_context(&context)
  }
}

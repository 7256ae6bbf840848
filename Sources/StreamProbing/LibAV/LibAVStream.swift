import CFFmpeg
import MediaFacts

/// One stream as libavformat reports it, copied from libavformat's structures.
struct LibAVStream: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case video
    case audio
    case other
  }

  /// The stream's number in the file, from 0; the index of its tally in a `PacketScan`.
  let index: Int
  /// The number that the container gives the stream; a track id in MP4 and MOV.
  let id: UInt32
  let kind: Kind
  /// FFmpeg's name of the codec (`h264`, `pcm_s16le`); `nil` if FFmpeg has none.
  let codec: String?
  /// Pixels; 0 if unknown.
  let width: Int
  let height: Int
  /// Samples per second and channel; 0 if unknown.
  let sampleRate: Int
  let channels: Int
  /// Seconds per tick of the stream's timestamps; `nil` if the file has an impossible one.
  let timeBase: Rational?
  /// In ticks of the time base; `nil` if unknown.
  let start: Int64?
  let duration: Int64?
  /// Frames per second on average; `nil` if unknown.
  let frameRate: Rational?
  /// Width of a sample over its height; `nil` if neither container nor codec states it.
  let sampleAspectRatio: Rational?
  /// Whether the stream is an image that belongs to the file, such as cover art.
  let attachedPicture: Bool
  /// Whether libavformat found out how the stream is encrypted.
  let encrypted: Bool

  init(_ stream: UnsafeMutablePointer<AVStream>, of context: UnsafeMutablePointer<AVFormatContext>) {
    let parameters = stream.pointee.codecpar.pointee
    index = Int(stream.pointee.index)
    id = UInt32(bitPattern: stream.pointee.id)
    kind =
      switch parameters.codec_type {
      case AVMEDIA_TYPE_VIDEO: .video
      case AVMEDIA_TYPE_AUDIO: .audio
      default: .other
      }
    codec =
      parameters.codec_id == AV_CODEC_ID_NONE ? nil : String(cString: avcodec_get_name(parameters.codec_id))
    width = Int(max(0, parameters.width))
    height = Int(max(0, parameters.height))
    sampleRate = Int(max(0, parameters.sample_rate))
    channels = Int(max(0, parameters.ch_layout.nb_channels))
    timeBase = Self.positive(stream.pointee.time_base)
    start = stream.pointee.start_time == wan_av_nopts ? nil : stream.pointee.start_time
    duration = stream.pointee.duration == wan_av_nopts ? nil : stream.pointee.duration
    frameRate = Self.positive(stream.pointee.avg_frame_rate)
    sampleAspectRatio = Self.positive(av_guess_sample_aspect_ratio(context, stream, nil))
    attachedPicture = stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
    encrypted = av_stream_get_side_data(stream, AV_PKT_DATA_ENCRYPTION_INIT_INFO, nil) != nil
  }

  /// `ticks` of the time base in seconds, exactly; `nil` if they do not fit or there is no time base.
  func seconds(_ ticks: Int64) -> Rational? {
    guard let timeBase else { return nil }
    let (numerator, overflow) = ticks.multipliedReportingOverflow(by: timeBase.numerator)
    return overflow ? nil : Rational(numerator, over: timeBase.denominator)
  }

  private static func positive(_ value: AVRational) -> Rational? {
    value.num > 0 ? Rational(Int64(value.num), over: Int64(value.den)) : nil
  }
}

import CFFmpeg

/// The decoders of libavcodec that may receive bytes: those of the codecs that are common in MP4, MOV, WAV
/// and MP3 files.
///
/// libavcodec has about five hundred decoders, most of them for formats of old games and devices. Most of its
/// bugs are found in those. A file that none of these decoders can decode is not proved.
enum AllowedDecoders {
  private static let video = [
    "h264", "hevc", "mpeg4", "mpeg1video", "mpeg2video", "h263", "mjpeg", "png", "gif", "jpeg2000",
    "qtrle", "rawvideo", "prores", "dnxhd", "cfhd", "dvvideo", "v210", "ffv1", "huffyuv", "vc1", "vp8",
    "vp9", "av1", "libdav1d", "libaom-av1", "cinepak", "svq1", "svq3", "msmpeg4v1", "msmpeg4v2",
    "msmpeg4", "wmv1", "wmv2", "aic", "hap", "mjpegb",
  ]
  private static let audio = [
    "aac", "mp1float", "mp2float", "mp3float", "mp1", "mp2", "mp3", "ac3", "eac3", "alac", "flac",
    "opus", "libopus", "vorbis", "amrnb", "amrwb", "adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms",
    "adpcm_yamaha", "adpcm_g726", "gsm", "gsm_ms", "pcm_alaw", "pcm_mulaw", "pcm_u8", "pcm_s8",
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le",
    "pcm_f32be", "pcm_f24le", "pcm_f16le", "pcm_f64le", "pcm_f64be",
  ]
  private static let names = Set(video + audio)

  /// The names as the option `codec_whitelist` takes them.
  static let whitelist = (video + audio).joined(separator: ",")

  /// The decoder for `id`; `nil` if there is none, or it is not allowed.
  static func decoder(for id: AVCodecID) -> UnsafePointer<AVCodec>? {
    avcodec_find_decoder(id).flatMap { codec in
      codec.pointee.name.map { names.contains(String(cString: $0)) } == true ? codec : nil
    }
  }
}

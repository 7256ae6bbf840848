import CFFmpeg
import MediaFacts
import MediaReading

/// One file open in libavformat.
///
/// Owns the format context and its input, and frees both. libavformat ignores I/O errors. So after every
/// call, whatever it returned, the reason to stop that the reader kept is thrown. Not thread-safe.
final class LibAVSession {
  let input: LibAVInput
  let demuxer: LibAVDemuxer
  /// The streams, by index.
  private(set) var streams: [LibAVStream] = []
  /// The duration that libavformat reports of the file, in units of `wan_av_time_base`; `nil` if it reports none.
  private(set) var duration: Int64?
  private(set) var context: UnsafeMutablePointer<AVFormatContext>?

  var reader: MeteredReader { input.reader }

  /// Opens the bytes of `reader` with `demuxer`, and with no other.
  ///
  /// - Parameter findStreamInfo: Whether the first packets are read too. This finds values that the headers
  ///   omit (the pixel size in the codec's own headers, the audio rate), at the cost of a few reads.
  /// - Parameter everySample: Whether the packets are all samples of a movie instead of those that its edit
  ///   lists show.
  /// - Returns: The session, or the failure if libavformat refused the file.
  static func open(
    _ reader: MeteredReader, demuxer: LibAVDemuxer, findStreamInfo: Bool, everySample: Bool = false
  ) throws(ProbeStop) -> Result<LibAVSession, LibAVFailure> {
    Self.settings
    guard let input = LibAVInput(reader) else { throw reader.outOfMemory() }
    let session = LibAVSession(input, demuxer)
    var code = try session.openInput(demuxer.options + (everySample ? [LibAVDemuxer.everySample] : []))
    if code >= 0, findStreamInfo { code = try session.findStreamInfo() }
    if code < 0 { return .failure(LibAVFailure(code)) }
    session.describeStreams()
    return .success(session)
  }

  private init(_ input: LibAVInput, _ demuxer: LibAVDemuxer) {
    self.input = input
    self.demuxer = demuxer
  }

  deinit {
    // The input outlives this call: a custom AVIOContext is never closed by libavformat.
    avformat_close_input(&context)
  }

  /// Calls libavformat. Then throws the reader's reason to stop, or that memory ran out; otherwise returns
  /// the result.
  func calling(_ call: () -> CInt) throws(ProbeStop) -> CInt {
    let code = call()
    try reader.checkTime()
    if code == wan_averror_nomem { throw reader.outOfMemory() }
    return code
  }

  private func openInput(_ special: [(name: String, value: String)]) throws(ProbeStop) -> CInt {
    guard let format = av_find_input_format(demuxer.rawValue) else { return wan_averror_demuxer_not_found }
    context = avformat_alloc_context()
    guard let context else { throw reader.outOfMemory() }
    context.pointee.pb = input.context
    context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    context.pointee.io_open = { _, _, _, _, _ in wan_averror_exit }
    context.pointee.interrupt_callback = AVIOInterruptCB(
      callback: { LibAVInput.from($0)?.interruption ?? 1 }, opaque: Unmanaged.passUnretained(input).toOpaque()
    )

    var options = LibAVOptions(
      special + [
        ("format_whitelist", demuxer.rawValue), ("protocol_whitelist", "none"),
        ("codec_whitelist", AllowedDecoders.whitelist),
        ("max_streams", String(max(1, reader.budget.streams))),
        ("probesize", "4000000"), ("analyzeduration", "5000000"),
      ])
    defer { options.free() }
    // On failure this frees the context and clears the pointer.
    let code = try calling { avformat_open_input(&self.context, nil, format, &options.dictionary) }
    // An option that was not used is a bound that is not in force.
    return code >= 0 && !options.isEmpty ? wan_averror_option_not_found : code
  }

  private func findStreamInfo() throws(ProbeStop) -> CInt {
    guard let context else { return wan_averror_invalid }
    // libavformat decodes frames if headers are not sufficient. Its decoders get the same bounds as ours.
    let count = Int(context.pointee.nb_streams)
    var options = (0..<count).map { _ in
      LibAVOptions([("max_pixels", String(reader.budget.pixels)), ("threads", "1")]).dictionary
    }
    defer { for index in options.indices { av_dict_free(&options[index]) } }
    return try calling { avformat_find_stream_info(context, &options) }
  }

  private func describeStreams() {
    guard let context else { return }
    duration = context.pointee.duration == wan_av_nopts ? nil : context.pointee.duration
    streams = (0..<Int(context.pointee.nb_streams)).compactMap { index in
      context.pointee.streams[index].map { LibAVStream($0, of: context) }
    }
  }

  /// FFmpeg's settings for the whole process, set once: no log, and no single allocation larger than the
  /// largest frame needs. Counts are bounded before libavformat reads a file; this bound covers the cases
  /// where that was not enough.
  static let settings: Void = {
    wan_av_silence()
    av_max_alloc(512 << 20)
  }()
}

/// An `AVDictionary` of options.
struct LibAVOptions {
  var dictionary: OpaquePointer?

  init(_ options: [(name: String, value: String)]) {
    for option in options { av_dict_set(&dictionary, option.name, option.value, 0) }
  }

  var isEmpty: Bool { av_dict_count(dictionary) == 0 }

  mutating func free() { av_dict_free(&dictionary) }
}

extension MeteredReader {
  /// Records that a C library ran out of memory, which is not a fact about the file.
  func outOfMemory() -> ProbeStop { exceeded("FFmpeg ran out of memory") }
}

/// A demuxer of libavformat that probes may use. The format is known before libavformat reads a byte, because
/// a wrong demuxer may read a file many times and still find something in it.
enum LibAVDemuxer: String, Sendable {
  /// MP4 and MOV.
  case mov
  /// RIFF/WAVE, RF64 and BW64.
  case wav
  /// MPEG audio, with or without tags.
  case mp3

  /// The option to read every sample in the tables, including those that an edit list hides.
  static let everySample = (name: "ignore_editlist", value: "1")

  /// Options beyond libavformat's defaults, by name.
  var options: [(name: String, value: String)] {
    switch self {
    case .mov:
      [
        // Other files are never opened.
        ("enable_drefs", "0"), ("use_absolute_path", "0"),
        // The images of chapters are a track like any other, because some readers treat them as one.
        ("ignore_chapters", "1"),
      ]
    case .wav, .mp3:
      []
    }
  }
}

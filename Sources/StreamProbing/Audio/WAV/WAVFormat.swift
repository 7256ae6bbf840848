import MediaReading

/// The `fmt ` chunk of a WAV file: WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE.
struct WAVFormat: Sendable, Hashable {
  /// The number of the codec; for an extensible format, the number in its SubFormat.
  let tag: Int
  let channels: Int
  /// Samples per second and channel.
  let sampleRate: Int
  /// Bytes per second.
  let byteRate: Int
  /// Bytes of one block: one sample of each channel, or one packet of a compressed codec.
  let blockAlign: Int
  let bitsPerSample: Int
  /// Bits of a sample that hold audio, as an extensible format states them; `nil` for every other format.
  let validBits: Int?
  /// Samples per channel in one block of a compressed codec, if the format states the number.
  let samplesPerBlock: Int?
  /// Whether an extensible format names its codec by a GUID that holds no number.
  let hasUnknownSubFormat: Bool

  private static let extensible = 0xFFFE
  /// The GUID of KSDATAFORMAT_SUBTYPE after its first two bytes, and that of the ambisonic B-format.
  private static let waveTail: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
  private static let ambisonicTail: [UInt8] = [
    0, 0, 0x21, 7, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0, 0, 0,
  ]

  /// The format in the chunk's `body`, or `nil` if it is too short to hold one.
  init?(_ body: ArraySlice<UInt8>) {
    let fields = [(0, 2), (2, 2), (4, 4), (8, 4), (12, 2)].compactMap { body.littleEndian($0.0, $0.1) }
    guard fields.count == 5 else { return nil }
    channels = Int(fields[1])
    sampleRate = Int(fields[2])
    byteRate = Int(fields[3])
    blockAlign = Int(fields[4])
    bitsPerSample = Int(body.littleEndian(14, 2) ?? 8)
    let isExtensible = fields[0] == Self.extensible
    guard isExtensible else {
      tag = Int(fields[0])
      hasUnknownSubFormat = false
      let isBlockCodec = [0x02, 0x11, 0x31].contains(tag)
      samplesPerBlock = isBlockCodec ? body.littleEndian(18, 2).map { Int($0) } : nil
      validBits = nil
      return
    }
    guard let number = body.littleEndian(24, 2) else { return nil }
    let tail = Array(body.dropFirst(26).prefix(14))
    hasUnknownSubFormat = tail != Self.waveTail && tail != Self.ambisonicTail
    tag = hasUnknownSubFormat ? Self.extensible : Int(number)
    samplesPerBlock = nil
    validBits = body.littleEndian(18, 2).flatMap { $0 == 0 ? nil : Int($0) }
  }

  /// Whether every sample has the same number of bytes, so that bytes count samples: PCM, float, A-law,
  /// mu-law.
  var isLinear: Bool { [0x01, 0x03, 0x06, 0x07].contains(tag) }

  /// Whether the codec's own frames state their length, so that packets count samples: MPEG audio, AC-3, DTS,
  /// FLAC. For other codecs, libavformat cuts packets by size and guesses their durations.
  var isSelfFramed: Bool { [0x50, 0x55, 0x92, 0x2000, 0x2001, 0xF1AC].contains(tag) }

  /// Whole bytes of one sample of a linear codec, as libavformat reads it. Valid bits take precedence over
  /// the bits of their container. A-law and mu-law always have 8 bits.
  var bytesPerSample: Int {
    if tag == 0x06 || tag == 0x07 { return 1 }
    return is24In32 ? 4 : (bits + 7) / 8
  }

  /// Bytes of one sample of each channel, as libavformat reads them.
  var bytesPerFrame: Int { channels * bytesPerSample }

  private var bits: Int { validBits ?? bitsPerSample }
  private var is24In32: Bool { tag == 0x01 && bits == 24 && blockAlign == 4 * channels }

  /// What makes the format impossible, as a clause; `nil` if the format is possible.
  var contradiction: String? {
    if channels == 0 { return "the format states no channels" }
    if sampleRate == 0 { return "the format states a sample rate of 0" }
    if blockAlign == 0 { return "the format states blocks of 0 bytes" }
    if isLinear, bitsPerSample == 0 { return "the format states samples of 0 bits" }
    if isLinear, blockAlign != bytesPerFrame, blockAlign != channels * ((bitsPerSample + 7) / 8) {
      return "blocks of \(blockAlign) bytes cannot hold \(channels) samples of \(bitsPerSample) bits"
    }
    return nil
  }

  /// What readers interpret differently, as a clause; `nil` if there is no such thing.
  var ambiguity: String? {
    guard isLinear else { return nil }
    if blockAlign != bytesPerFrame {
      return
        "the format states blocks of \(Int64(blockAlign).bytesInWords), and FFmpeg reads \(Int64(bytesPerFrame).bytesInWords) each"
    }
    guard is24In32, bitsPerSample == 24 else { return nil }
    return
      "samples of 24 bits take 4 bytes each, which only an extensible format can state: some readers refuse it"
  }

  /// A sample rate that browsers built on Chromium refuse, as a clause; `nil` for every other rate.
  var rareRate: String? {
    guard sampleRate > 0, !(3000...768_000).contains(sampleRate) else { return nil }
    return "a sample rate of \(sampleRate) Hz: Chromium refuses rates below 3000 and above 768000"
  }

  /// FFmpeg's name of the codec, or `unknown(0x…)` with the format's number.
  var codec: String {
    switch (tag, bytesPerSample) {
    case (0x01, 1): "pcm_u8"
    case (0x01, 4) where is24In32: "pcm_f24le"
    case (0x01, 2...8): "pcm_s\(bytesPerSample * 8)le"
    case (0x03, 2...8): "pcm_f\(bytesPerSample * 8)le"
    default: Self.names[tag] ?? "unknown(0x\(String(tag, radix: 16)))"
    }
  }

  private static let names: [Int: String] = [
    0x02: "adpcm_ms", 0x06: "pcm_alaw", 0x07: "pcm_mulaw", 0x0A: "wmavoice", 0x10: "adpcm_ima_oki",
    0x11: "adpcm_ima_wav", 0x17: "adpcm_ima_oki", 0x20: "adpcm_yamaha", 0x22: "truespeech", 0x31: "gsm_ms",
    0x32: "gsm_ms", 0x38: "amr_nb", 0x39: "amr_wb", 0x40: "adpcm_g726", 0x42: "g723_1", 0x45: "adpcm_g726",
    0x50: "mp2", 0x55: "mp3", 0x57: "amr_nb", 0x58: "amr_wb", 0x61: "adpcm_ima_dk4", 0x62: "adpcm_ima_dk3",
    0x64: "adpcm_g726", 0x69: "adpcm_ima_wav", 0x92: "ac3", 0xFF: "aac", 0x160: "wmav1", 0x161: "wmav2",
    0x162: "wmapro", 0x163: "wmalossless", 0x200: "adpcm_ct", 0x270: "atrac3", 0x1600: "aac",
    0x1602: "aac_latm",
    0x2000: "ac3", 0x2001: "dts", 0x5756: "wavpack", 0xA100: "g723_1", 0xA106: "aac", 0xA109: "speex",
    0xF1AC: "flac",
  ]
}

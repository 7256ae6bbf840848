/// The four bytes that begin every MPEG audio frame (ISO/IEC 11172-3, 13818-3, and the 2.5 extension).
package struct MPEGAudioHeader: Sendable, Hashable {
  package enum Version: Sendable, Hashable {
    case mpeg1
    case mpeg2
    case mpeg25
  }

  package let version: Version
  /// 1, 2 or 3.
  package let layer: Int
  /// Bits per second. 0 is free format, where the distance between two frames gives their length.
  package let bitRate: Int
  package let sampleRate: Int
  package let isPadded: Bool
  package let isProtected: Bool
  package let channels: Int

  /// The frame header at `position` of `bytes`, or `nil` if these four bytes cannot begin a frame.
  package init?(_ bytes: ArraySlice<UInt8>, at position: Int = 0) {
    guard let word = bytes.bigEndian(position, 4), word >> 21 == 0x7FF else { return nil }
    switch word >> 19 & 3 {
    case 0: version = .mpeg25
    case 2: version = .mpeg2
    case 3: version = .mpeg1
    default: return nil
    }
    let layerBits = Int(word >> 17 & 3)
    let rateIndex = Int(word >> 12 & 15)
    let frequencyIndex = Int(word >> 10 & 3)
    guard layerBits != 0, rateIndex != 15, frequencyIndex != 3 else { return nil }
    layer = 4 - layerBits
    bitRate = Self.bitRates(version, layer)[rateIndex] * 1000
    let base = [44_100, 48_000, 32_000][frequencyIndex]
    sampleRate = version == .mpeg1 ? base : version == .mpeg2 ? base / 2 : base / 4
    isPadded = word >> 9 & 1 == 1
    isProtected = word >> 16 & 1 == 0
    channels = word >> 6 & 3 == 3 ? 1 : 2
  }

  package var isFreeFormat: Bool { bitRate == 0 }

  package var samplesPerFrame: Int {
    switch layer {
    case 1: 384
    case 3 where version != .mpeg1: 576
    default: 1152
    }
  }

  /// The frame's length in bytes, header included; `freeLength` is that of an unpadded free-format frame.
  package func frameLength(freeLength: Int? = nil) -> Int? {
    let slot = layer == 1 ? 4 : 1
    let padding = isPadded ? slot : 0
    if isFreeFormat { return freeLength.map { $0 + padding } }
    return samplesPerFrame / 8 / slot * bitRate / sampleRate * slot + padding
  }

  /// Whether `other` can follow in the same stream: bit rate and channel mode may change from frame to frame.
  package func continues(_ other: MPEGAudioHeader) -> Bool {
    version == other.version && layer == other.layer && sampleRate == other.sampleRate
      && isFreeFormat == other.isFreeFormat
  }

  /// Whether a file of another stream may have been joined after a file with the header `other`.
  ///
  /// Free format never begins in the middle of a file, because only the distance of its frames distinguishes
  /// them from chance.
  package func canJoin(_ other: MPEGAudioHeader) -> Bool {
    layer == other.layer && isFreeFormat == other.isFreeFormat
  }

  /// Bytes of side information after the header (and its checksum), where a Xing header begins; layer III.
  package var sideInformationLength: Int {
    switch (version, channels) {
    case (.mpeg1, 1): 17
    case (.mpeg1, _): 32
    case (_, 1): 9
    default: 17
    }
  }

  /// Kilobits per second by index, 0 for free format.
  private static func bitRates(_ version: Version, _ layer: Int) -> [Int] {
    switch (version, layer) {
    case (.mpeg1, 1): [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448]
    case (.mpeg1, 2): [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
    case (.mpeg1, _): [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    case (_, 1): [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256]
    default: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    }
  }
}

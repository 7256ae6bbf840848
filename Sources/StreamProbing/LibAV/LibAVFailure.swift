import CFFmpeg

/// A failure that one of FFmpeg's libraries reported, with its error code.
struct LibAVFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// FFmpeg's error code, below zero.
  let code: CInt
  /// FFmpeg's text for the code.
  let message: String

  init(_ code: CInt) {
    self.code = code
    message = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { text in
      text.initialize(repeating: 0)
      // A negative result means a code without a text. Then the buffer holds a generic text.
      _ = av_strerror(code, text.baseAddress, text.count)
      return text.baseAddress.map { String(cString: $0) } ?? "error \(code)"
    }
  }

  /// A failure with our own text, for cases where FFmpeg has none.
  init(_ code: CInt, message: String) {
    self.code = code
    self.message = message
  }

  /// Whether FFmpeg lacks something that the file needs, which is not a defect of the file.
  var isUnsupported: Bool { Self.missing.contains(code) }

  private static let missing: Set<CInt> = [
    wan_averror_patchwelcome, wan_averror_nosys, wan_averror_demuxer_not_found, wan_averror_option_not_found,
  ]

  /// The text and the code.
  var description: String { "\(message) (\(code))" }
}

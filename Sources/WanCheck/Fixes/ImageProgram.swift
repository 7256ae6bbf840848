import MediaFacts

/// The programs that fixes of images run, and what they read at most.
enum ImageProgram {
  case imageMagick
  case ffmpeg

  /// Whether the program reads an image of that size.
  func reads(_ image: ImageFacts) -> Bool {
    let (width, height) = (image.width, image.height)
    // Sums and products below cannot overflow.
    guard (0...Int(Int32.max) / 16).contains(width), (0...Int(Int32.max) / 16).contains(height) else {
      return false
    }
    switch self {
    // What the policy of Debian's ImageMagick refuses, however the image is to be changed.
    case .imageMagick: return max(width, height) <= 16000 && width * height <= 100_000_000
    // libavutil, `av_image_check_size2`: a line of 8 bytes a pixel, with room around it, in an `int`. No coding that
    // ffmpeg reads has sides of more than 16 bits.
    case .ffmpeg:
      return max(width, height) <= 65535 && 8 * (width + 128) * (height + 128) < Int(Int32.max)
    }
  }
}

import MediaFacts

/// Brings the sides and the shape of a frame into the limits, with a centred crop, a new size, or both.
struct FrameRepair {
  /// The part that is kept, if not all.
  let crop: (width: Int, height: Int)?
  /// The new size of what is kept, if it changes.
  let size: (width: Int, height: Int)?
  /// The resulting frame.
  let result: (width: Int, height: Int)

  /// The repair of a frame, with sides that are multiples of `multiple`; `nil` if no crop and size is in the limits.
  ///
  /// - Parameter shape: The aspect ratio that it is to have.
  init?(_ width: Int, _ height: Int, side: Limit, ratio: Limit, shape: Rational? = nil, multiple: Int = 1) {
    guard width > 0, height > 0 else { return nil }
    var frame = (width: width, height: height)
    if let shape, shape.doubleValue > 0 {
      let wanted = shape.doubleValue
      let wide = min(Double(width), (Double(height) * wanted).rounded())
      let tall = min(Double(height), (Double(width) / wanted).rounded())
      guard let wide = Int(exactly: wide), let tall = Int(exactly: tall) else { return nil }
      frame = (max(1, wide / multiple) * multiple, max(1, tall / multiple) * multiple)
    }
    let stored = Rational(Int64(frame.width), over: Int64(frame.height))
    if !(stored.map(ratio.contains) ?? false) {
      guard let shaped = AspectCrop.fix(frame.width, frame.height, ratio, multiple: multiple) else {
        return nil
      }
      frame = shaped
    }
    crop = frame == (width, height) ? nil : frame
    let isOdd = !frame.width.isMultiple(of: multiple) || !frame.height.isMultiple(of: multiple)
    if side.contains(frame.width), side.contains(frame.height), crop != nil || !isOdd {
      size = nil
    } else {
      guard
        let fitting = Resizing.fit(frame.width, frame.height, side: side, ratio: ratio, multiple: multiple)
      else { return nil }
      size = fitting
    }
    result = size ?? frame
  }

  /// As operations of ImageMagick.
  var operations: [String] {
    (crop.map { ["-gravity", "center", "-crop", "\($0.width)x\($0.height)+0+0", "+repage"] } ?? [])
      + (size.map { ["-resize", "\($0.width)x\($0.height)!"] } ?? [])
  }

  /// As filters of ffmpeg.
  var filters: [String] {
    [
      crop.map { "crop=\($0.width):\($0.height)" },
      size.map { "scale=\($0.width):\($0.height),setsar=1" },
    ].compactMap(\.self)
  }

  /// What else the repair changes.
  var notes: [String] { crop == nil ? [] : ["keeps the middle of the frame"] }
}

/// The programs that read images, and the largest images that they read.
enum ImageProgram {
  case imageMagick
  case ffmpeg

  /// Whether the program reads an image of that size, and has room to change it.
  func reads(_ image: ImageFacts) -> Bool {
    let (width, height) = (image.width, image.height)
    // Sums and products below cannot overflow.
    guard (0...Int(Int32.max) / 16).contains(width), (0...Int(Int32.max) / 16).contains(height) else {
      return false
    }
    switch self {
    // Debian's policy: sides of 16 kP, 512 MiB of mapped memory and 1 GiB of disk, of which a pixel takes up to 10
    // bytes in each step. Tried with a CMYK image that is cropped and resized.
    case .imageMagick: return max(width, height) <= 16000 && width * height <= 40_000_000
    // libavutil, `av_image_check_size2`: a line of 8 bytes a pixel, with room around it, in an `int`. No codec that
    // ffmpeg reads has sides of more than 16 bits.
    case .ffmpeg:
      return max(width, height) <= 65535 && 8 * (width + 128) * (height + 128) < Int(Int32.max)
    }
  }
}

/// Forms of BMP that are read here and that some usual readers refuse, listed in
/// docs/which-reader-refuses-what.md.
extension BMPHeader {
  /// Unusual features, each as a clause that names who refuses it. `length` is the length of the file, if it
  /// is known.
  func unusualForms(length: Int64?) -> [String] {
    [unusualSize, unusualDepth, unusualMasks, unusualTable, unusualProfile(length), unusualFileSize]
      .compactMap(\.self)
  }

  private var unusualSize: String? {
    let readers: String
    switch infoSize {
    case 12, 40, 64, 108, 124: return nil
    case 52: readers = "ffmpeg and Pillow before 10 refuse it"
    case 56: readers = "Pillow before 10 refuses it"
    case ..<36: readers = "ffmpeg, ImageMagick, libvips and Pillow refuse it"
    case 42, 46: readers = "ffmpeg and Pillow refuse it"
    case let size where size % 4 == 0: readers = "ffmpeg and Pillow refuse it"
    default: readers = "ffmpeg, Pillow and browsers refuse it"
    }
    return "the information header has \(infoSize) bytes, an unusual size: \(readers)"
  }

  private var unusualDepth: String? {
    if bitCount == 2 { return "2 bits per pixel: ffmpeg, ImageMagick and Pillow refuse them" }
    if infoSize == 12, bitCount > 8, bitCount != 24 {
      return "\(bitCount) bits per pixel with the oldest header (12 bytes): browsers refuse them"
    }
    return nil
  }

  private var unusualMasks: String? {
    guard compression == .bitFields else { return nil }
    if code == 6 { return "compression 6 (masks with alpha): ffmpeg, ImageMagick and Pillow refuse it" }
    let colors = Array(masks.prefix(3))
    if bitCount == 16 {
      if Self.masks16.contains(colors) { return nil }
      let readers = colors == [0xF00, 0xF0, 0xF] ? "Pillow refuses" : "ffmpeg and Pillow refuse"
      return "unusual channel masks for 16 bits per pixel: \(readers) them"
    }
    if Self.masks32.contains(masks) { return nil }
    let readers =
      Self.masks32.contains { Array($0.prefix(3)) == colors } ? "Pillow refuses" : "ffmpeg and Pillow refuse"
    return "unusual channel masks for 32 bits per pixel: \(readers) them"
  }

  private static let masks16: [[UInt32]] = [[0xF800, 0x7E0, 0x1F], [0x7C00, 0x3E0, 0x1F]]
  private static let masks32: [[UInt32]] = [
    [0xFF0000, 0xFF00, 0xFF, 0], [0xFF0000, 0xFF00, 0xFF, 0xFF00_0000],
    [0xFF, 0xFF00, 0xFF0000, 0xFF00_0000],
    [0xFF00_0000, 0xFF0000, 0xFF00, 0], [0xFF00_0000, 0xFF0000, 0xFF00, 0xFF],
  ]

  private var unusualTable: String? {
    guard (1...8).contains(bitCount), colors > 1 << Int64(bitCount) else { return nil }
    let readers = colors > 256 ? "ImageMagick, libvips and Pillow" : "ImageMagick and libvips"
    return
      "\(colors) colours are in the table of an image with \(bitCount) bits per pixel: \(readers) refuse it"
  }

  private func unusualProfile(_ length: Int64?) -> String? {
    guard let profile, let length else { return nil }
    let headers = Int64(Self.fileHeaderSize + infoSize)
    if profile.upperBound > length {
      return
        "the colour profile reaches beyond the end of the file: browsers, ImageMagick and libvips refuse it"
    }
    return profile.lowerBound < headers
      ? "the colour profile begins inside the headers: ImageMagick and libvips refuse it" : nil
  }

  private var unusualFileSize: String? {
    // If the stated file size is only the size of the headers, ffmpeg assumes that the writer did not fill it
    // in.
    let forgotten: [Int64] = [Int64(Self.fileHeaderSize), Int64(Self.fileHeaderSize + infoSize)]
    guard fileSize <= pixelOffset, !forgotten.contains(fileSize) else { return nil }
    return
      "the header states a file size of \(fileSize) bytes, and the pixels begin at \(pixelOffset): "
      + "ffmpeg and ImageMagick refuse it"
  }
}

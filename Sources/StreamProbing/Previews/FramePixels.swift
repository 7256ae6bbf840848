import CFFmpeg

/// The pixels of a decoded frame, whatever their layout, one at a time.
struct FramePixels {
  typealias Color = (red: Int, green: Int, blue: Int)

  let width: Int
  let height: Int
  private let planes: [UnsafeMutablePointer<UInt8>?]
  private let strides: [Int]
  private let components: [AVComponentDescriptor]
  private let flags: Int32
  private let chromaShift: (x: Int, y: Int)
  private let layout: Layout
  private let isFullRange: Bool
  private let isHighDefinition: Bool

  private enum Layout: Equatable {
    case palette, oneBit(inverted: Bool), gray, rgb, luma
  }

  /// The background that is visible through transparent pixels.
  private static let ground = 224

  /// The pixels of `frame`, which must outlive this value; `nil` for layouts without plain samples.
  init?(_ frame: AVFrame) {
    let format = AVPixelFormat(frame.format)
    guard frame.width > 0, frame.height > 0, let descriptor = av_pix_fmt_desc_get(format)?.pointee else {
      return nil
    }
    let flags = Int32(truncatingIfNeeded: descriptor.flags)
    let opaque = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT
    guard flags & opaque == 0 else { return nil }
    (width, height) = (Int(frame.width), Int(frame.height))
    let data = frame.data
    planes = [data.0, data.1, data.2, data.3]
    let lines = frame.linesize
    strides = [lines.0, lines.1, lines.2, lines.3].map(Int.init)
    let all = [descriptor.comp.0, descriptor.comp.1, descriptor.comp.2, descriptor.comp.3]
    components = Array(all.prefix(Int(descriptor.nb_components)))
    self.flags = flags
    chromaShift = (Int(descriptor.log2_chroma_w), Int(descriptor.log2_chroma_h))
    if flags & AV_PIX_FMT_FLAG_PAL != 0 {
      layout = .palette
    } else if flags & AV_PIX_FMT_FLAG_BITSTREAM != 0 {
      guard format == AV_PIX_FMT_MONOBLACK || format == AV_PIX_FMT_MONOWHITE else { return nil }
      layout = .oneBit(inverted: format == AV_PIX_FMT_MONOWHITE)
    } else if components.count < 3 {
      layout = .gray
    } else {
      layout = flags & AV_PIX_FMT_FLAG_RGB != 0 ? .rgb : .luma
    }
    guard components.allSatisfy({ (1...16).contains($0.depth) && $0.shift >= 0 && $0.shift + $0.depth <= 16 })
    else { return nil }
    let jpegFormats = [
      AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P,
    ]
    isFullRange =
      frame.color_range == AVCOL_RANGE_JPEG || jpegFormats.contains(format) || components.count < 3
    isHighDefinition =
      frame.colorspace == AVCOL_SPC_BT709 || (frame.colorspace == AVCOL_SPC_UNSPECIFIED && height >= 720)
    let used = layout == .palette ? [0, 1] : Set(components.map { Int($0.plane) }).sorted()
    guard used.allSatisfy({ planes.indices.contains($0) && planes[$0] != nil }) else { return nil }
  }

  /// The colour at a place inside the frame, 0 to 255 each; transparent pixels are on light grey.
  func color(_ x: Int, _ y: Int) -> Color {
    switch layout {
    case .palette:
      guard let indices = planes[0], let colors = planes[1] else { return (0, 0, 0) }
      let entry = UnsafeRawPointer(colors).loadUnaligned(
        fromByteOffset: 4 * Int(indices[y * strides[0] + x]), as: UInt32.self)
      let color = (Int(entry >> 16 & 0xFF), Int(entry >> 8 & 0xFF), Int(entry & 0xFF))
      return laid(color, alpha: Int(entry >> 24))
    case .oneBit(let inverted):
      guard let bits = planes[0] else { return (0, 0, 0) }
      let isSet = bits[y * strides[0] + x / 8] >> UInt8(7 - x % 8) & 1 == 1
      let value = isSet != inverted ? 255 : 0
      return (value, value, value)
    case .gray:
      let value = sample(0, x, y)
      return laid((value, value, value), alpha: components.count == 2 ? sample(1, x, y) : 255)
    case .rgb:
      return laid((sample(0, x, y), sample(1, x, y), sample(2, x, y)), alpha: alpha(x, y))
    case .luma:
      let (chromaX, chromaY) = (x >> chromaShift.x, y >> chromaShift.y)
      return laid(
        converted(sample(0, x, y), sample(1, chromaX, chromaY), sample(2, chromaX, chromaY)),
        alpha: alpha(x, y))
    }
  }

  private func alpha(_ x: Int, _ y: Int) -> Int { components.count > 3 ? sample(3, x, y) : 255 }

  /// A component's sample, scaled to 8 bits.
  private func sample(_ index: Int, _ x: Int, _ y: Int) -> Int {
    let component = components[index]
    guard let plane = planes[Int(component.plane)] else { return 0 }
    let place = plane + (y * strides[Int(component.plane)] + x * Int(component.step) + Int(component.offset))
    let isBigEndian = flags & AV_PIX_FMT_FLAG_BE != 0
    let raw =
      component.shift + component.depth <= 8
      ? Int(place[isBigEndian ? 1 : 0])
      : isBigEndian ? Int(place[0]) << 8 | Int(place[1]) : Int(place[1]) << 8 | Int(place[0])
    let most = 1 << Int(component.depth) - 1
    let value = raw >> Int(component.shift) & most
    return component.depth == 8 ? value : value * 255 / most
  }

  private func converted(_ luma: Int, _ blue: Int, _ red: Int) -> Color {
    let scale = isFullRange ? (luma: 1.0, chroma: 1.0) : (luma: 255.0 / 219, chroma: 255.0 / 224)
    let y = Double(luma - (isFullRange ? 0 : 16)) * scale.luma
    let (b, r) = (Double(blue - 128) * scale.chroma, Double(red - 128) * scale.chroma)
    return isHighDefinition
      ? (Self.byte(y + 1.5748 * r), Self.byte(y - 0.1873 * b - 0.4681 * r), Self.byte(y + 1.8556 * b))
      : (Self.byte(y + 1.402 * r), Self.byte(y - 0.3441 * b - 0.7141 * r), Self.byte(y + 1.772 * b))
  }

  private func laid(_ color: Color, alpha: Int) -> Color {
    guard alpha < 255 else { return color }
    func mix(_ value: Int) -> Int { (value * alpha + Self.ground * (255 - alpha)) / 255 }
    return (mix(color.red), mix(color.green), mix(color.blue))
  }

  private static func byte(_ value: Double) -> Int { Int(min(max(value, 0), 255)) }
}

import CWebP

/// One libwebp decoder, for one frame.
///
/// Colours are not needed. So the loop filter is off, because no later pixel depends on it. For an opaque
/// image only the last rows are output, because all other rows must be decoded for them. With alpha the
/// output is YUVA, the smallest form with exact alpha, and the three colour planes share one buffer.
final class WebPFrameDecoder {
  /// The decoder keeps pointers to this value, so it needs a fixed address.
  private let config: UnsafeMutablePointer<WebPDecoderConfig>
  private let handle: OpaquePointer
  private let input: UnsafeMutableRawBufferPointer
  /// One plane that all colours share and one for alpha, each with one byte a pixel; `nil` without alpha.
  private let planes: UnsafeMutablePointer<UInt8>?
  private var filled = 0

  private init(
    takingOwnershipOf handle: OpaquePointer, _ config: UnsafeMutablePointer<WebPDecoderConfig>,
    _ planes: UnsafeMutablePointer<UInt8>?, _ input: UnsafeMutableRawBufferPointer
  ) {
    self.handle = handle
    self.config = config
    self.planes = planes
    self.input = input
  }

  deinit {
    WebPIDelete(handle)
    WebPFreeDecBuffer(&config.pointee.output)
    WebPFree(planes)
    config.deallocate()
    input.deallocate()
  }

  /// A decoder of `bitstream`, which is `size` bytes long with all its chunk heads; `nil` if memory ran out.
  static func open(_ bitstream: WebPBitstream, alpha: Bool, size: Int) -> WebPFrameDecoder? {
    let config = UnsafeMutablePointer<WebPDecoderConfig>.allocate(capacity: 1)
    config.initialize(to: WebPDecoderConfig())
    guard WebPInitDecoderConfig(config) != 0 else {
      config.deallocate()
      return nil
    }
    config.pointee.options.bypass_filtering = 1
    config.pointee.options.no_fancy_upsampling = 1
    var planes: UnsafeMutablePointer<UInt8>?
    if alpha {
      // The sides of a bitstream are below 2^14, so that this does not overflow.
      let pixels = bitstream.width * bitstream.height
      planes = WebPMalloc(2 * pixels)?.assumingMemoryBound(to: UInt8.self)
      guard let planes else {
        config.deallocate()
        return nil
      }
      let (stride, half) = (CInt(bitstream.width), CInt((bitstream.width + 1) / 2))
      config.pointee.output.colorspace = MODE_YUVA
      config.pointee.output.is_external_memory = 1
      config.pointee.output.u.YUVA = WebPYUVABuffer(
        y: planes, u: planes, v: planes, a: planes + pixels,
        y_stride: stride, u_stride: half, v_stride: half, a_stride: stride,
        y_size: pixels, u_size: pixels, v_size: pixels, a_size: pixels)
    } else {
      // Cropping requires an even first row.
      let top = (bitstream.height - 1) & ~1
      config.pointee.output.colorspace = MODE_YUV
      config.pointee.options.use_cropping = 1
      config.pointee.options.crop_top = CInt(clamping: top)
      config.pointee.options.crop_width = CInt(clamping: bitstream.width)
      config.pointee.options.crop_height = CInt(clamping: bitstream.height - top)
    }
    guard let handle = WebPIDecode(nil, 0, config) else {
      WebPFree(planes)
      config.deallocate()
      return nil
    }
    return WebPFrameDecoder(
      takingOwnershipOf: handle, config, planes, .allocate(byteCount: max(1, size), alignment: 16))
  }

  /// Decodes the next `count` bytes, which `read` puts into the free space, as far as possible; `nil` if
  /// there are none.
  func feed<Failure>(
    _ count: Int, _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> VP8StatusCode? {
    let end = filled + min(count, input.count - filled)
    let fed = try read(UnsafeMutableRawBufferPointer(rebasing: input[filled..<end]))
    guard fed > 0 else { return nil }
    filled += fed
    // The input stays where it is, so libwebp need not copy it.
    return WebPIUpdate(handle, input.baseAddress?.assumingMemoryBound(to: UInt8.self), filled)
  }

  /// Whether a pixel of the decoded frame is not fully opaque. Only for frames opened with alpha.
  var transparent: Bool {
    guard let planes else { return false }
    let pixels = config.pointee.output.u.YUVA.a_size
    let alpha = UnsafeRawBufferPointer(start: planes + pixels, count: pixels)
    let words = pixels & ~7
    var ones = UInt64.max
    for offset in stride(from: 0, to: words, by: 8) {
      ones &= alpha.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    return ones != .max || alpha[words...].contains { $0 != 0xFF }
  }
}

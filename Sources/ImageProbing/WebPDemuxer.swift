import CWebP
import MediaFacts
import MediaReading

/// Asks libwebp, by which browsers, Pillow and libvips read the container, whether its demuxer and its decoder take the
/// file.
///
/// The demuxer wants the whole file in memory and looks only at the heads of chunks. So it gets as many zeros, with the
/// heads that the walk met filled in, and the file is not read a second time.
struct WebPDemuxer {
  /// The longest head that is looked at: that of ANMF, then of a bitstream.
  private static let headSize = 48
  /// A file that is larger breaks every documented limit on sizes anyway.
  private static let mostBytes: Int64 = 128 << 20

  private let edges: EdgeReader

  init(_ edges: EdgeReader) {
    self.edges = edges
  }

  /// Whether libwebp refuses the file, of which `heads` are where its chunks begin, up to `end`.
  func refuses(_ heads: [Int64], to end: Int64) throws(ProbeStop) -> Bool {
    guard end <= Self.mostBytes else {
      throw edges.reader.exceeded("a WebP of \(end) bytes is larger than \(Self.mostBytes)")
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(end), alignment: 16)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    for offset in [0] + heads {
      let bytes = try edges.bytes(at: offset, count: Int(min(Int64(Self.headSize), end - offset)))
      UnsafeMutableRawBufferPointer(rebasing: memory[Int(offset)...]).copyBytes(from: bytes)
    }
    var data = WebPData(bytes: memory.baseAddress?.assumingMemoryBound(to: UInt8.self), size: Int(end))
    guard let demuxer = WebPDemux(&data) else { return true }
    defer { WebPDemuxDelete(demuxer) }
    var features = WebPBitstreamFeatures()
    return WebPDemuxGetI(demuxer, WEBP_FF_FRAME_COUNT) == 0
      || WebPGetFeatures(data.bytes, data.size, &features) != VP8_STATUS_OK
  }
}

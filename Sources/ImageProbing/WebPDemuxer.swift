import CWebP
import MediaFacts
import MediaReading

/// Checks whether libwebp's demuxer and decoder accept the file. Browsers, Pillow and libvips read the
/// container with libwebp.
///
/// The demuxer needs the whole file in memory, but reads only the heads of chunks. So it gets zeros of the
/// file's length with the heads from the walk, and the file is not read a second time.
struct WebPDemuxer {
  /// The longest head that is read: an ANMF head, followed by the head of a bitstream.
  private static let headSize = 48
  /// A larger file breaks every documented size limit anyway.
  private static let mostBytes: Int64 = 128 << 20

  private let edges: EdgeReader

  init(_ edges: EdgeReader) {
    self.edges = edges
  }

  /// Whether libwebp refuses the file, whose chunks begin at `heads` and end at `end`.
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

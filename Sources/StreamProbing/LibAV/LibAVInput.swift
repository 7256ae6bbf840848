import CFFmpeg
import MediaFacts
import MediaReading

/// The bytes of one asset as an `AVIOContext`. With it, libavformat reads only through the metered reader.
///
/// Owns the context and its buffer. The context holds an unretained pointer to this object, so the caller that gives the
/// context to libavformat keeps this object alive as long as libavformat may call it.
final class LibAVInput {
  let reader: MeteredReader
  private(set) var context: UnsafeMutablePointer<AVIOContext>?
  private var position: Int64 = 0
  /// The blocks that were read last. To find the first frame of an MP3, libavformat goes back after every few
  /// bytes and reads a whole buffer again each time.
  private var recent: [(start: Int64, bytes: [UInt8])] = []

  private static let recentBlocks = 4
  /// If audio and video are far apart in the file, every change between them reads this much again.
  private static let bufferSize: CInt = 32 << 10
  /// No file is that long. Larger positions come from hostile tables, and sums with them could overflow.
  private static let farthest: Int64 = 1 << 60

  /// `nil` if memory ran out.
  init?(_ reader: MeteredReader) {
    self.reader = reader
    guard let buffer = av_malloc(Int(Self.bufferSize)) else { return nil }
    context = avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Self.bufferSize, 0,
      Unmanaged.passUnretained(self).toOpaque(),
      { opaque, buffer, count in LibAVInput.from(opaque)?.read(into: buffer, count) ?? wan_averror_io },
      nil,
      { opaque, offset, whence in LibAVInput.from(opaque)?.seek(offset, whence) ?? Int64(wan_averror_io) })
    guard context != nil else {
      av_free(buffer)
      return nil
    }
  }

  deinit {
    // libavformat may have replaced the buffer, so this frees the context's buffer.
    if let context {
      av_free(context.pointee.buffer)
      avio_context_free(&self.context)
    }
  }

  /// 1 if libavformat must stop: a bound was hit, the source failed, or it was cancelled.
  var interruption: CInt {
    do throws(ProbeStop) {
      try reader.checkTime()
      return 0
    } catch {
      return 1
    }
  }

  static func from(_ opaque: UnsafeMutableRawPointer?) -> LibAVInput? {
    opaque.map { Unmanaged<LibAVInput>.fromOpaque($0).takeUnretainedValue() }
  }

  private func read(into buffer: UnsafeMutablePointer<UInt8>?, _ count: CInt) -> CInt {
    guard let buffer, count > 0 else { return wan_averror_eof }
    let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
    if let filled = copyRecent(into: target) {
      position += Int64(filled)
      return CInt(filled)
    }
    do throws(ProbeStop) {
      let filled = try reader.read(at: position, into: target)
      remember(target.prefix(filled))
      position += Int64(filled)
      return filled == 0 ? wan_averror_eof : CInt(filled)
    } catch {
      // The reader keeps the reason. The session throws it after the call, whatever libavformat returned.
      return wan_averror_io
    }
  }

  /// Recently read bytes at the position; `nil` if there are none.
  private func copyRecent(into target: UnsafeMutableRawBufferPointer) -> Int? {
    for block in recent {
      guard let start = Int(exactly: position - block.start), block.bytes.indices.contains(start) else {
        continue
      }
      let slice = block.bytes[start...].prefix(target.count)
      target.copyBytes(from: slice)
      return slice.count
    }
    return nil
  }

  private func remember(_ bytes: Slice<UnsafeMutableRawBufferPointer>) {
    guard !bytes.isEmpty, bytes.count <= Int(Self.bufferSize) else { return }
    if recent.count == Self.recentBlocks { recent.removeFirst() }
    recent.append((position, Array(bytes)))
  }

  private func seek(_ offset: Int64, _ whence: CInt) -> Int64 {
    if whence & AVSEEK_SIZE != 0 { return reader.length ?? Int64(wan_averror_io) }
    let base: Int64? =
      switch whence & ~AVSEEK_FORCE {
      case SEEK_SET: 0
      case SEEK_CUR: position
      case SEEK_END: reader.length
      default: nil
      }
    guard let base else { return Int64(wan_averror_invalid) }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, (0...Self.farthest).contains(target) else { return Int64(wan_averror_invalid) }
    position = target
    return target
  }
}

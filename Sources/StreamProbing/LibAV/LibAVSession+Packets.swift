import CFFmpeg
import MediaFacts
import MediaReading

extension LibAVSession {
  /// Reads every packet to the end of the file, and decodes as much as `scope` requires.
  ///
  /// Encrypted streams and attached images are read, not decoded. At most `Budget.frames` packets a stream
  /// are
  /// read, and frames of at most `Budget.pixels` decoded.
  /// - Parameter skipped: Further streams that are not decoded.
  func readPackets(
    decoding scope: DecodeScope, poster: Poster? = nil,
    except skipped: (LibAVStream) -> Bool = { _ in false }
  ) throws(ProbeStop) -> PacketScan {
    guard let context else { return PacketScan(streams: []) }
    var packet = av_packet_alloc()
    defer { av_packet_free(&packet) }
    guard let packet else { throw reader.outOfMemory() }

    let decoders = try openDecoders(scope, poster, except: skipped)
    let headers = scope == .nothing ? [:] : codecHeaders()
    var scan = PacketScan(streams: streams.map { _ in PacketTally() })
    while true {
      let code = try calling { av_read_frame(context, packet) }
      guard code >= 0 else {
        if code != wan_averror_eof { scan.failure = LibAVFailure(code) }
        break
      }
      defer { av_packet_unref(packet) }
      // A stream that libavformat found after the headers has no tally.
      let index = Int(packet.pointee.stream_index)
      guard scan.streams.indices.contains(index) else { continue }
      // Decoders do not treat a sample without bytes as a packet.
      guard packet.pointee.size > 0 else { continue }
      scan.streams[index].count(packet.pointee)
      guard scan.streams[index].packets <= reader.budget.frames else {
        throw reader.exceeded("stream \(index) has more than \(reader.budget.frames) packets")
      }
      if let size = headers[index]?.size(in: packet),
        scan.streams[index].statedSizes.count < DecodeTally.mostSizes
      {
        scan.streams[index].statedSizes.insert(size)
      }
      // Samples that an edit list hides are decoded too.
      packet.pointee.flags &= ~AV_PKT_FLAG_DISCARD
      decoders[index]?.decode(packet)
      try stopIfMemoryRanOut(decoders[index])
    }
    for (index, decoder) in decoders {
      decoder.decode(nil)
      try reader.checkTime()
      try stopIfMemoryRanOut(decoder)
      scan.streams[index].decoding = decoder.tally
    }
    return scan
  }

  private func openDecoders(
    _ scope: DecodeScope, _ poster: Poster?, except skipped: (LibAVStream) -> Bool
  ) throws(ProbeStop) -> [Int: LibAVDecoder] {
    guard let context, scope != .nothing else { return [:] }
    var decoders: [Int: LibAVDecoder] = [:]
    for stream in streams where stream.kind != .other && !stream.attachedPicture && !stream.encrypted {
      guard !skipped(stream), let handle = context.pointee.streams[stream.index] else { continue }
      let (pixels, overflow) = stream.width.multipliedReportingOverflow(by: stream.height)
      guard !overflow, pixels <= reader.budget.pixels else {
        throw reader.exceeded(
          "frames of \(stream.width)x\(stream.height) pixels are more than may be decoded")
      }
      decoders[stream.index] = LibAVDecoder(
        handle, scope, budget: reader.budget, keepsHidden: demuxer == .mov,
        poster: poster?.stream == stream.index ? poster : nil)
    }
    return decoders
  }

  /// Readers of the codecs' own headers, by the stream's index.
  private func codecHeaders() -> [Int: CodecHeaders] {
    guard let context else { return [:] }
    var headers: [Int: CodecHeaders] = [:]
    for stream in streams where stream.kind == .video && !stream.attachedPicture && !stream.encrypted {
      guard let handle = context.pointee.streams[stream.index] else { continue }
      headers[stream.index] = CodecHeaders(handle.pointee.codecpar)
    }
    return headers
  }

  private func stopIfMemoryRanOut(_ decoder: LibAVDecoder?) throws(ProbeStop) {
    if decoder?.tally.firstError?.code == wan_averror_nomem { throw reader.outOfMemory() }
  }
}

extension PacketTally {
  fileprivate mutating func count(_ packet: AVPacket) {
    count(
      bytes: Int64(packet.size), duration: packet.duration, corrupt: packet.flags & AV_PKT_FLAG_CORRUPT != 0)
    guard packet.pts != wan_av_nopts, packet.flags & AV_PKT_FLAG_DISCARD == 0 else { return }
    played.add(
      shown: packet.pts, decoded: packet.dts == wan_av_nopts ? nil : packet.dts, duration: packet.duration)
  }
}

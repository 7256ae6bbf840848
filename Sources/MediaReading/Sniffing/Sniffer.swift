package import MediaFacts

/// Names what a file is by its content; a name or a Content-Type is never asked.
///
/// The strongest evidence comes first: a signature at the start, boxes, containers, audio frames, text.
/// Garbage before audio frames is looked through last, so that a file that is two things is what its first
/// bytes say.
package enum Sniffer {
  /// The beginning of the file that all but tags and boxes are judged by, in bytes.
  private static let headSize = 16 << 10
  /// The beginning of a page that its title is looked for in, in bytes.
  private static let titleWindow = 64 << 10

  /// Facts with nothing but the format, which is `nil` for an empty file and for content that is not
  /// recognised.
  ///
  /// - Parameter expected: The kind that is wanted. MP4 and MOV are measured as video where that is, whether or not
  ///   they have pictures.
  package static func identify(
    _ reader: MeteredReader, expected: MediaKind? = nil
  ) throws(ProbeStop) -> MediaFacts {
    let head = try reader.bytes(at: 0, count: headSize)
    guard !head.isEmpty else { return MediaFacts() }
    var identity = try identity(of: head, reader)
    if let found = identity, expected != .video || ![.mp4, .mov].contains(found.format) {
      // What stops this look stops the measuring too, which then knows the format.
      do throws(ProbeStop) { identity = try SoundOnly.look(at: found, reader) } catch {}
    }
    var facts = MediaFacts(
      format: identity?.format, formatDetail: identity?.detail ?? fallback(identity, head))
    if identity?.format == .html { facts.pageTitle = pageTitle(head, reader) }
    return facts
  }

  /// The title of a page: within its head, or else a little further on.
  private static func pageTitle(_ head: ArraySlice<UInt8>, _ reader: MeteredReader) -> String? {
    if let title = PageTitle.find(in: head) { return title }
    // That it is a page stays true if no more can be read of it.
    guard head.count == headSize,
      let further = try? reader.bytes(at: Int64(headSize), count: titleWindow - headSize), !further.isEmpty
    else { return nil }
    return PageTitle.find(in: head + further)
  }

  private static func identity(
    of head: ArraySlice<UInt8>, _ reader: MeteredReader
  ) throws(ProbeStop) -> Identity? {
    if let format = Signature.identify(head) { return Identity(format) }
    if let found = try BoxSniffer.identify(reader) { return found }
    if let found = ContainerSniffer.identify(head) { return found }
    if let found = try AudioSniffer.identify(reader) { return found }
    if let found = TextSniffer.identify(head, isEnd: head.count < headSize) { return found }
    return try AudioSniffer.behindGarbage(reader)
  }

  /// For content that is not recognised, its first bytes.
  private static func fallback(_ identity: Identity?, _ head: ArraySlice<UInt8>) -> String? {
    guard identity == nil else { return nil }
    let bytes = head.prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    let start = "begins with bytes \(bytes.joined(separator: " "))"
    return RawSamples.areLikely(in: head)
      ? "\(start): these look like 16-bit samples without a WAV header, raw PCM" : start
  }
}

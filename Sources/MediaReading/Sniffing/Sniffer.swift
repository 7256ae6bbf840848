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
  ///   they have video tracks.
  package static func identify(
    _ reader: MeteredReader, expected: MediaKind? = nil
  ) throws(ProbeStop) -> MediaFacts {
    let head = try reader.bytes(at: 0, count: headSize)
    guard !head.isEmpty else { return MediaFacts() }
    var identity = try identity(of: head, reader)
    if let found = identity, expected != .video || ![.mp4, .mov].contains(found.format) {
      // What stops this look stops the measuring too, which then knows the format.
      do throws(ProbeStop) { identity = try AudioOnly.look(at: found, reader) } catch {}
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
    if let format = FormatTable.format(signatureOf: head) { return Identity(format) }
    if let found = try BoxSniffer.identify(reader) { return found }
    if let found = ContainerSniffer.identify(head) { return found }
    if let found = try AudioSniffer.identify(reader) { return found }
    if let found = TextSniffer.identify(head, isEnd: head.count < headSize) { return found }
    return try AudioSniffer.behindGarbage(reader)
  }

  /// For content that is not recognised, its first bytes.
  private static func fallback(_ identity: Identity?, _ head: ArraySlice<UInt8>) -> String? {
    guard identity == nil else { return nil }
    let bytes = head.prefix(8).map { [$0].hexadecimal }
    let start = "begins with bytes \(bytes.joined(separator: " "))"
    return RawPCM.areLikely(in: head)
      ? "\(start): these look like 16-bit samples without a WAV header, raw PCM" : start
  }
}

/// A format, and what the content says beyond it, for people.
struct Identity: Sendable, Hashable {
  var format: MediaFormat
  var detail: String?

  init(_ format: MediaFormat, _ detail: String? = nil) {
    self.format = format
    self.detail = detail
  }
}

/// Samples of 16 bits without any header, as programs leave them that forget to write one.
///
/// Nothing proves what they are: this only names the likely cause for people.
enum RawPCM {
  private static let least = 1024

  /// Whether `bytes` look like 16-bit little-endian samples: neighbours are close to each other, around zero.
  static func areLikely(in bytes: ArraySlice<UInt8>) -> Bool {
    let samples = (0..<bytes.count / 2).map { index in
      let low = UInt16(bytes[bytes.startIndex + 2 * index])
      let high = UInt16(bytes[bytes.startIndex + 2 * index + 1])
      return Int(Int16(bitPattern: high << 8 | low))
    }
    guard samples.count >= least else { return false }
    let loudness = samples.reduce(0) { $0 + abs($1) }
    let offset = abs(samples.reduce(0, +))
    // Silence may be anything.
    guard loudness > samples.count * 8, offset * 2 < loudness else { return false }
    return [1, 2].contains { channels in
      let steps = zip(samples, samples.dropFirst(channels)).reduce(0) { $0 + abs($1.1 - $1.0) }
      return steps * 5 < loudness * 4
    }
  }
}

package import MediaFacts

/// Recognises the format of a file by its content. A name or a Content-Type is never used.
///
/// The strongest evidence comes first: a signature at the start, boxes, containers, audio frames, text.
/// Garbage before audio frames is searched last. So the first bytes decide if a file could have two formats.
package enum Sniffer {
  /// Bytes from the start of the file that are used for everything except tags and boxes.
  private static let headSize = 16 << 10
  /// Bytes from the start of a page in which its title is searched.
  private static let titleWindow = 64 << 10

  /// Facts with only the format. The format is `nil` for an empty file and for content that is not
  /// recognised.
  ///
  /// - Parameter expected: The kind that is wanted. If it is video, MP4 and MOV are measured as video, with
  ///   or without video tracks.
  package static func identify(
    _ reader: MeteredReader, expected: MediaKind? = nil
  ) throws(ProbeStop) -> MediaFacts {
    let head = try reader.bytes(at: 0, count: headSize)
    guard !head.isEmpty else { return MediaFacts() }
    var identity = try identity(of: head, reader)
    if let found = identity, expected != .video || ![.mp4, .mov].contains(found.format) {
      // An error that stops this check also stops measuring. Then the format is already known.
      do throws(ProbeStop) { identity = try AudioOnly.look(at: found, reader) } catch {}
    }
    var facts = MediaFacts(
      format: identity?.format, formatDetail: identity?.detail ?? fallback(identity, head))
    if identity?.format == .html { facts.pageTitle = pageTitle(head, reader) }
    return facts
  }

  /// The title of a page: within its head, or else shortly after it.
  private static func pageTitle(_ head: ArraySlice<UInt8>, _ reader: MeteredReader) -> String? {
    if let title = PageTitle.find(in: head) { return title }
    // The file is still a page if no more of it can be read.
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

  /// The first bytes of content that is not recognised.
  private static func fallback(_ identity: Identity?, _ head: ArraySlice<UInt8>) -> String? {
    guard identity == nil else { return nil }
    let bytes = head.prefix(8).map { [$0].hexadecimal }
    let start = "begins with bytes \(bytes.joined(separator: " "))"
    return RawPCM.areLikely(in: head)
      ? "\(start): these look like 16-bit samples without a WAV header, raw PCM" : start
  }
}

/// A format, and further details from the content, for people.
struct Identity: Sendable, Hashable {
  var format: MediaFormat
  var detail: String?

  init(_ format: MediaFormat, _ detail: String? = nil) {
    self.format = format
    self.detail = detail
  }
}

/// 16-bit samples without any header, as programs write them that forget the header.
///
/// This is not proof. It only names the likely cause for people.
enum RawPCM {
  private static let least = 1024

  /// Whether `bytes` look like 16-bit little-endian samples: neighbours have similar values, around zero.
  static func areLikely(in bytes: ArraySlice<UInt8>) -> Bool {
    let samples = (0..<bytes.count / 2).map { index in
      let low = UInt16(bytes[bytes.startIndex + 2 * index])
      let high = UInt16(bytes[bytes.startIndex + 2 * index + 1])
      return Int(Int16(bitPattern: high << 8 | low))
    }
    guard samples.count >= least else { return false }
    let loudness = samples.reduce(0) { $0 + abs($1) }
    let offset = abs(samples.reduce(0, +))
    // Zeros may be silence, or anything else.
    guard loudness > samples.count * 8, offset * 2 < loudness else { return false }
    return [1, 2].contains { channels in
      let steps = zip(samples, samples.dropFirst(channels)).reduce(0) { $0 + abs($1.1 - $1.0) }
      return steps * 5 < loudness * 4
    }
  }
}

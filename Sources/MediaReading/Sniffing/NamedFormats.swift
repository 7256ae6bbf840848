import MediaFacts

/// Formats that more than one part of the sniffer names.
extension MediaFormat {
  static let tiff = MediaFormat(id: "tiff", name: "TIFF", kind: .image)
  static let jpegXL = MediaFormat(id: "jxl", name: "JPEG XL", kind: .image)
  static let jpeg2000 = MediaFormat(id: "jp2", name: "JPEG 2000", kind: .image)
  static let heic = MediaFormat(id: "heic", name: "HEIC", kind: .image)
  static let heif = MediaFormat(id: "heif", name: "HEIF", kind: .image)
  static let avif = MediaFormat(id: "avif", name: "AVIF", kind: .image)
  static let mp4Fragment = MediaFormat(
    id: "mp4-fragment", name: "MP4 fragment without its beginning", kind: .video)
  /// Boxes of an unknown brand: perhaps a video, but of no documented format.
  static let isoBaseMedia = MediaFormat(id: "isobmff", name: "ISO base media file", kind: .video)
  static let pdf = MediaFormat(id: "pdf", name: "PDF document", kind: nil)
  static let html = MediaFormat(id: "html", name: "HTML page", kind: nil)
  static let xml = MediaFormat(id: "xml", name: "XML document", kind: nil)
  static let svg = MediaFormat(id: "svg", name: "SVG", kind: .image)
  static let json = MediaFormat(id: "json", name: "JSON document", kind: nil)
  static let script = MediaFormat(id: "script", name: "script", kind: nil)
  static let text = MediaFormat(id: "text", name: "plain text", kind: nil)
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

extension Sequence<UInt8> {
  /// Up to `limit` characters of printable ASCII; anything else, and runs of it, is one space.
  func printable(limit: Int = 40) -> String {
    var text: [UInt8] = []
    for byte in self {
      if (0x21...0x7E).contains(byte) {
        text.append(byte)
      } else if let last = text.last, last != 0x20 {
        text.append(0x20)
      }
      if text.count == limit { break }
    }
    if text.last == 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}

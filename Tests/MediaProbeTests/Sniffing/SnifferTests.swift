import MediaFacts
import Testing

@testable import MediaReading

/// The beginning of a file, and the id of the format that it must be named as; `nil` for none.
struct SniffCase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var id: String?
  var kind: MediaKind?

  init(_ name: String, _ bytes: [UInt8], _ id: String?, _ kind: MediaKind? = nil) {
    self.name = name
    self.bytes = bytes
    self.id = id
    self.kind = kind
  }

  init(_ text: String, _ id: String?, _ kind: MediaKind? = nil) {
    self.init(text, Array(text.utf8), id, kind)
  }

  var testDescription: String { name }

  static func box(_ type: String, _ body: [UInt8] = []) -> [UInt8] {
    MP3Bytes.big(body.count + 8, 4) + Array(type.utf8) + body
  }

  static func branded(_ major: String, _ compatible: String = "") -> [UInt8] {
    box("ftyp", Array(major.utf8) + [0, 0, 2, 0] + Array(compatible.utf8)) + box("free")
  }

  static let zeros = [UInt8](repeating: 0, count: 64)

  static let all = images + boxes + containers + sounds + others

  static let images: [SniffCase] = [
    SniffCase("JPEG", [0xFF, 0xD8, 0xFF, 0xE0] + zeros, "jpeg", .image),
    SniffCase("three bytes of a JPEG", [0xFF, 0xD8, 0xFF], "jpeg", .image),
    SniffCase("two bytes of a JPEG", [0xFF, 0xD8], "jpeg", .image),
    SniffCase("four bytes of a PNG", [0x89, 0x50, 0x4E, 0x47], "png", .image),
    SniffCase("BMP", Array("BM".utf8) + MP3Bytes.little(70, 4) + zeros, "bmp", .image),
    SniffCase("WebP", Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WEBPVP8 ".utf8), "webp", .image),
    SniffCase("GIF89a\u{1}\u{1}", "gif", .image),
    SniffCase("TIFF", [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], "tiff", .image),
    SniffCase("BigTIFF", [0x49, 0x49, 0x2B, 0, 8, 0, 0, 0], "tiff", .image),
    SniffCase("bare JPEG XL", [0xFF, 0x0A, 0xFA, 0x7F], "jxl", .image),
    SniffCase("boxed JPEG XL", box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]), "jxl", .image),
    SniffCase("JPEG 2000", box("jP  ", [0x0D, 0x0A, 0x87, 0x0A]) + branded("jp2 "), "jp2", .image),
    SniffCase("icon", [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0], "ico", .image),
    SniffCase("cursor", [0, 0, 2, 0, 1, 0, 16, 16, 0, 0, 1, 0], "cur", .image),
    SniffCase("P6\n10 10 255\n", "pnm", .image),
    SniffCase("P7\nWIDTH 10\n", "pam", .image),
    SniffCase("<svg xmlns='x'>", "svg", .image),
    SniffCase("<?xml version='1.0'?>\n<!-- by hand -->\n<svg>", "svg", .image),
  ]

  static let boxes: [SniffCase] = [
    SniffCase("isom", branded("isom", "iso2avc1mp41"), "mp4", .video),
    SniffCase("qt", branded("qt  "), "mov", .video),
    SniffCase("unknown major, known compatible", branded("abcd", "wxyzmp42"), "mp4", .video),
    SniffCase("unknown brands only", branded("abcd", "wxyz"), "isobmff", .video),
    SniffCase("heic", branded("heic", "mif1"), "heic", .image),
    SniffCase("mif1 with heic", branded("mif1", "mif1heic"), "heic", .image),
    SniffCase("mif1 with avif", branded("mif1", "miafavif"), "avif", .image),
    SniffCase("msf1 alone", branded("msf1", "iso8"), "heif", .image),
    SniffCase("M4A brand before MP4", branded("M4A ", "mp42isom"), "m4a", .audio),
    SniffCase("3GP brand before MP4", branded("3gp4", "isom"), "3gp", .video),
    SniffCase("CR3", branded("crx "), "cr3", .image),
    SniffCase("QuickTime without a brand", box("wide") + box("mdat", zeros), "mov", .video),
    SniffCase("moov first", box("moov", zeros), "mov", .video),
    SniffCase("free before ftyp", box("free", zeros) + branded("mp42"), "mp4", .video),
    SniffCase("a DASH segment", box("styp", Array("msdh".utf8) + zeros), "mp4-fragment", .video),
    SniffCase("moof first", box("moof", zeros), "mp4-fragment", .video),
    SniffCase("boxes that never name themselves", box("free") + box("skip"), nil),
  ]

  private static let asf: [UInt8] = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11] + zeros
  /// What the ids of audio and video streams have in common.
  private static let asfStream: [UInt8] = [
    0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
  ]

  static let containers: [SniffCase] = [
    SniffCase("RF64", Array("RF64\u{7f}\u{7f}\u{7f}\u{7f}WAVE".utf8), "wav", .audio),
    SniffCase("AVI", Array("RIFF0000AVI LIST".utf8), "avi", .video),
    SniffCase("RIFF0000????", "riff"),
    SniffCase("FORM0000AIFF", "aiff", .audio),
    SniffCase(
      "Opus", Array("OggS".utf8) + zeros.prefix(22) + [1, 19] + Array("OpusHead".utf8), "opus", .audio),
    SniffCase(
      "Theora", Array("OggS".utf8) + zeros.prefix(22) + [1, 42, 0x80] + Array("theora".utf8), "ogv", .video),
    SniffCase(
      "Vorbis", Array("OggS".utf8) + zeros.prefix(22) + [1, 30, 1] + Array("vorbis".utf8), "ogg", .audio),
    SniffCase("Windows Media audio", asf + [0x40, 0x9E, 0x69, 0xF8] + asfStream, "wma", .audio),
    SniffCase(
      "Windows Media video",
      asf + [0x40, 0x9E, 0x69, 0xF8] + asfStream + [0xC0, 0xEF, 0x19, 0xBC] + asfStream, "wmv", .video),
    SniffCase("WebM", [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84] + Array("webm".utf8), "webm", .video),
    SniffCase(
      "Matroska", [0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x88] + Array("matroska".utf8), "mkv", .video),
    SniffCase(
      "transport stream", (0..<5).flatMap { _ in [0x47] + [UInt8](repeating: 0, count: 187) }, "mpegts",
      .video),
    SniffCase(
      "transport stream with time codes",
      (0..<5).flatMap { _ in [0, 0, 0, 0, 0x47] + [UInt8](repeating: 0, count: 187) }, "mpegts", .video),
    SniffCase("FLV", Array("FLV\u{1}".utf8) + zeros, "flv", .video),
  ]

  static let sounds: [SniffCase] = [
    SniffCase("MP3", MP3Bytes.frames(3), "mp3", .audio),
    SniffCase("one frame of MP3", MP3Bytes.frame(), "mp3", .audio),
    SniffCase("MP3 after tags", MP3Bytes.id3v2(70_000) + MP3Bytes.ape + MP3Bytes.frames(2), "mp3", .audio),
    SniffCase("MP3 after garbage", [UInt8](repeating: 1, count: 60_000) + MP3Bytes.frames(3), "mp3", .audio),
    SniffCase("too much garbage", [UInt8](repeating: 1, count: 90_000) + MP3Bytes.frames(3), nil),
    SniffCase("a lone frame after garbage", [1, 2, 3] + MP3Bytes.frame() + [7, 7, 7, 7], nil),
    SniffCase("nothing behind a tag", MP3Bytes.id3v2(10), "mp3", .audio),
    SniffCase("FLAC after a tag", MP3Bytes.id3v2(10) + Array("fLaC".utf8), "flac", .audio),
    SniffCase("AC-3 after a tag", MP3Bytes.id3v2(10) + [0x0B, 0x77, 0, 0, 0x1E, 0x40], "ac3", .audio),
    SniffCase(
      "layer I",
      (0..<3).flatMap { _ in MP3Bytes.frame(header: [0xFF, 0xFF, 0x80, 0], length: 276) }, "mp1", .audio),
    SniffCase(
      "layer II",
      (0..<3).flatMap { _ in MP3Bytes.frame(header: [0xFF, 0xFD, 0x80, 0], length: 417) }, "mp2", .audio),
    SniffCase(
      "ADTS",
      (0..<2).flatMap { _ in [0xFF, 0xF1, 0x50, 0x80, 0x02, 0x00, 0xFC] + [UInt8](repeating: 0, count: 9) },
      "aac", .audio),
    SniffCase("E-AC-3", [0x0B, 0x77, 0, 0, 0, 0x80], "eac3", .audio),
    SniffCase("#!AMR\n", "amr", .audio),
  ]

  static let others: [SniffCase] = [
    SniffCase("<!DOCTYPE HTML><html>", "html"),
    SniffCase("\u{FEFF}  \n<!-- x -->\n<HTML lang=en>", "html"),
    SniffCase("<?xml version='1.0'?><!DOCTYPE html>", "html"),
    SniffCase("UTF-16 page", [0xFF, 0xFE] + "<html>".utf8.flatMap { [$0, 0] }, "html"),
    SniffCase("<html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en'>", "html"),
    SniffCase("<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
    SniffCase("\r\n<!--[if IE]> <b> <![endif]-->\n<!-- -->\n<Head>", "html"),
    SniffCase("Latin-1 page", Array("<html><p>caf".utf8) + [0xE9], "html"),
    SniffCase("Latin-1 XML", Array("<?xml version='1.0'?><feed>".utf8) + [0xE9], "xml"),
    SniffCase("Latin-1 SVG", Array("<svg><!-- ".utf8) + [0xE9], "svg", .image),
    SniffCase("XML with zeros", Array("<?xml version='1.0'?><feed>".utf8) + zeros, nil),
    SniffCase("Latin-1 text", Array("caf".utf8) + [0xE9], nil),
    SniffCase("a bracket and no tag", [0x3C, 0xE9, 0x3E], nil),
    SniffCase("<?xml version='1.0'?><Error><Code>AccessDenied", "xml"),
    SniffCase("{ \"error\": 404 }", "json"),
    SniffCase("[1, 2]", "json"),
    SniffCase("#!/bin/sh\n", "script"),
    SniffCase("BMW builds cars, not bitmaps", "text"),
    SniffCase("Größe: 12", "text"),
    SniffCase("%PDF-1.7", "pdf"),
    SniffCase("ZIP", Array("PK\u{3}\u{4}".utf8) + zeros, "zip"),
    SniffCase("gzip", [0x1F, 0x8B, 8, 0], "gzip"),
    SniffCase("tar", [UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8) + zeros, "tar"),
    SniffCase("program", Array("MZ".utf8) + zeros, "pe"),
    SniffCase("nothing", [], nil),
    SniffCase("zeros", zeros, nil),
    SniffCase("one byte", [0xFF], nil),
    // A file that is two things is what its first bytes say.
    SniffCase("PDF before MP3", Array("%PDF-1.7\n".utf8) + MP3Bytes.frames(4), "pdf"),
  ]
}

@Suite struct SnifferTests {
  @Test(
    arguments: SniffCase.all)
  func names(_ example: SniffCase) throws {
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(example.bytes), budget: Budget()))
    #expect(facts.format?.id == example.id)
    #expect(facts.format?.kind == example.kind)
  }

  @Test func theDetailIsPrintableAndShort() throws {
    let page = "<!DOCTYPE html>\u{1B}[31m\n<title>Größe \u{202E}" + String(repeating: "x", count: 100)
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(Array(page.utf8)), budget: Budget()))
    #expect(facts.formatDetail == "begins with \"<!DOCTYPE html> [31m <title>Gr e xxxxxxx\"")
  }

  @Test(arguments: [
    (
      "<?xml version='1.0' encoding='UTF-8'?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>"
        + "<RequestId>secret</RequestId></Error>", "an error: AccessDenied, Access Denied"
    ),
    ("<Error>\n <Code>NoSuchKey</Code></Error>", "an error: NoSuchKey"),
    ("<error><message>Expired\u{1B}[31m\n on &#x202E; Größe", "an error: Expired [31m on &#x202E; Gr e"),
    ("<Error><Code></Code></Error>", "begins with \"<Error><Code></Code></Error>\""),
    ("<Errors><Code>a</Code></Errors>", "begins with \"<Errors><Code>a</Code></Errors>\""),
    (
      "{\"error\": {\"code\": 403, \"message\": \"denied to everyone\"}}",
      "begins with \"{\"error\": {\"code\": 403, \"message\": \"denied to everyone\"}}\""
    ),
  ])
  func errorsSayWhatTheyAre(_ body: String, _ detail: String) throws {
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(Array(body.utf8)), budget: Budget()))
    #expect(facts.formatDetail == detail)
  }

  @Test func theBrandIsADetail() throws {
    let bytes = SniffCase.branded("mif1", "avif")
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(bytes), budget: Budget()))
    #expect(facts.formatDetail == "brand mif1")
  }
}

/// Movies with audio only are audio, unless a video was expected.
@Suite struct AudioOnlyTests {
  private static func movie(_ handlers: String..., last: Bool = false) -> [UInt8] {
    let tracks = handlers.flatMap { handler in
      SniffCase.box(
        "trak",
        SniffCase.box(
          "mdia", SniffCase.box("hdlr", SniffCase.zeros.prefix(8) + Array(handler.utf8) + SniffCase.zeros)))
    }
    let movie = SniffCase.box("moov", SniffCase.box("mvhd", SniffCase.zeros) + tracks)
    let media = SniffCase.box("mdat", SniffCase.zeros)
    return SniffCase.branded("isom") + (last ? media + movie : movie + media)
  }

  private static func element(_ id: [UInt8], _ body: [UInt8]) -> [UInt8] {
    id + [0x80 | UInt8(body.count)] + body
  }

  private static func matroska(_ types: UInt8..., unknownSize: Bool = true) -> [UInt8] {
    let entries = types.flatMap { element([0xAE], element([0x83], [$0])) }
    let tracks = element([0x16, 0x54, 0xAE, 0x6B], entries)
    let body = element([0xEC], [0, 0]) + tracks
    return [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84] + Array("webm".utf8) + [0x18, 0x53, 0x80, 0x67]
      + (unknownSize ? [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] : [0x80 | UInt8(body.count)]) + body
  }

  private static func transport(_ types: UInt8...) -> [UInt8] {
    func packet(_ pid: UInt8, _ section: [UInt8]) -> [UInt8] {
      let head: [UInt8] = [0x47, 0x40, pid, 0x10, 0]
      return head + section + [UInt8](repeating: 0xFF, count: 183 - section.count)
    }
    let programs: [UInt8] = [0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE0, 0x20, 0, 0, 0, 0]
    let streams = types.flatMap { type -> [UInt8] in [type, 0xE1, 0, 0xF0, 0] }
    let head: [UInt8] = [2, 0xB0, UInt8(13 + streams.count), 0, 1, 0xC1, 0, 0, 0xE1, 0, 0xF0, 0]
    let map: [UInt8] = head + streams + [0, 0, 0, 0]
    return packet(0, programs) + packet(0x20, map) + packet(0x30, []) + packet(0x30, [])
  }

  static let cases: [SniffCase] = [
    SniffCase("sound", movie("soun"), "mp4-audio", .audio),
    SniffCase("audio after the media", movie("soun", last: true), "mp4-audio", .audio),
    SniffCase("audio and captions", movie("soun", "text"), "mp4-audio", .audio),
    SniffCase("video and audio", movie("vide", "soun"), "mp4", .video),
    SniffCase("audio and possible video", movie("soun", "xxxx"), "mp4", .video),
    SniffCase("captions", movie("text"), "mp4", .video),
    SniffCase("no track", movie(), "mp4", .video),
    SniffCase("WebM with audio", matroska(2), "webm-audio", .audio),
    SniffCase("WebM of known size", matroska(2, unknownSize: false), "webm-audio", .audio),
    SniffCase("WebM with video", matroska(1, 2), "webm", .video),
    SniffCase("WebM with video last", matroska(2, 17, 1), "webm", .video),
    SniffCase("WebM without tracks", matroska(), "webm", .video),
    SniffCase("transport stream with AAC", transport(0x0F), "mpegts-audio", .audio),
    SniffCase("transport stream with AAC and private data", transport(0x06, 0x0F), "mpegts-audio", .audio),
    SniffCase("transport stream with H.264", transport(0x0F, 0x1B), "mpegts", .video),
    SniffCase("transport stream of unknown type", transport(0x77), "mpegts", .video),
  ]

  @Test(arguments: cases)
  func role(_ example: SniffCase) throws {
    let facts = try Sniffer.identify(MeteredReader(AudioBytes(example.bytes), budget: Budget()))
    #expect(facts.format?.id == example.id)
    #expect(facts.format?.kind == example.kind)
  }

  /// If a video is expected, the probe reports that it has no frames.
  @Test func expectedVideoStaysOne() throws {
    let reader = MeteredReader(AudioBytes(Self.movie("soun")), budget: Budget())
    #expect(try Sniffer.identify(reader, expected: .video).format == .mp4)
  }

  @Test func anyPrefixIsNamed() throws {
    for example in Self.cases {
      for count in stride(from: 0, to: example.bytes.count, by: 3) {
        _ = try Sniffer.identify(
          MeteredReader(AudioBytes(Array(example.bytes.prefix(count))), budget: Budget()))
      }
    }
  }
}

/// A row of the format table: the facts about one format that do not depend on a file.
package struct FormatRow: Sendable {
  package let format: MediaFormat
  /// Whether a probe measures the format; others are only named.
  package let isMeasured: Bool
  /// The extensions of its file names, the usual one first. Gates check files with these extensions.
  package let extensions: [String]
  /// Further extensions, which gates ignore: other formats use them too, or few users submit such files.
  package let otherExtensions: [String]
  /// The content types that servers send for it, the registered one first.
  package let contentTypes: [String]
  /// Signatures; a file that has one of them has this format.
  package let signatures: [Signature]
  /// Brands of an ISO base media file, of four characters each.
  ///
  /// Formats without signatures and brands have a grammar, which a sniffer in `MediaReading` implements.
  package let brands: [String]

  /// A row. Lists are words separated by spaces. This includes `brands`, where a brand may end with a space.
  fileprivate init(
    _ format: MediaFormat, isMeasured: Bool = false, extensions: String = "", otherExtensions: String = "",
    contentTypes: String = "", signatures: [Signature] = [], brands: String = ""
  ) {
    func words(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }
    self.format = format
    self.isMeasured = isMeasured
    self.extensions = words(extensions)
    self.otherExtensions = words(otherExtensions)
    self.contentTypes = words(contentTypes)
    self.signatures = signatures
    let codes = Array(brands)
    self.brands = stride(from: 0, to: codes.count, by: 5).map { start in
      String(codes[start..<min(start + 4, codes.count)])
    }
  }

  /// A row of a format that has no constant in the code.
  fileprivate init(
    _ id: String, _ name: String, _ kind: MediaKind?, extensions: String = "", otherExtensions: String = "",
    signatures: [Signature] = [], brands: String = ""
  ) {
    self.init(
      MediaFormat(id: id, name: name, kind: kind), extensions: extensions, otherExtensions: otherExtensions,
      signatures: signatures, brands: brands)
  }
}

/// The formats that are recognised, one row each.
///
/// To support another one, set `isMeasured` in its row and add a probe; a test names what is missing.
package enum FormatTable {
  /// All rows. A signature comes before a shorter one that it begins with.
  package static let rows = images + audio + video + others

  /// The row of `format`; `nil` for a format that is not in the table.
  package static func row(_ format: MediaFormat) -> FormatRow? {
    byID[format.id].flatMap { $0.format == format ? $0 : nil }
  }

  /// The row of the format with `id`.
  package static func row(id: String) -> FormatRow? { byID[id] }

  /// The row of the format whose files are named with `fileExtension`, which is in lower case.
  package static func row(fileExtension: String) -> FormatRow? { byExtension[fileExtension] }

  /// The row of the format for which servers send `contentType`, which is in lower case and without parameters.
  package static func row(contentType: String) -> FormatRow? { byContentType[contentType] }

  /// Whether files with `fileExtension` may be meant for a job. Gates check such files.
  package static func isSubmitted(fileExtension: String) -> Bool {
    row(fileExtension: fileExtension)?.extensions.contains(fileExtension) ?? false
  }

  /// The format whose signature matches the first bytes of a file. If the file ends inside its signature, it
  /// is the only format that is possible.
  package static func format(signatureOf head: ArraySlice<UInt8>) -> MediaFormat? {
    if let found = signatures.first(where: { $0.signature.matches(head) }) { return found.format }
    let possible = Set(signatures.lazy.filter { $0.signature.mayBegin(head) }.map(\.format))
    if possible.count == 1 { return possible.first }
    return families.first { $0.signatures.contains { $0.matches(head) } }?.format
  }

  /// The format of ISO base media files with `brand`.
  package static func format(brand: String) -> MediaFormat? { byBrand[brand]?.format }

  /// The rows of families, for members that are not in `rows`. Their signatures are tried last.
  package static let families = [
    FormatRow("riff", "RIFF file", nil, signatures: ["RIFF"]),
    FormatRow("iff", "IFF file", nil, signatures: ["FORM"]),
  ]

  private static let byID = index(rows + families) { [$0.format.id] }
  private static let byExtension = index(rows) { $0.extensions + $0.otherExtensions }
  private static let byContentType = index(rows, by: \.contentTypes)
  private static let byBrand = index(rows, by: \.brands)
  private static func index(_ rows: [FormatRow], by keys: (FormatRow) -> [String]) -> [String: FormatRow] {
    Dictionary(rows.flatMap { row in keys(row).map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
  }

  private static let signatures = rows.flatMap { row in
    row.signatures.map { (signature: $0, format: row.format) }
  }

  private static let images: [FormatRow] = [
    FormatRow(
      .jpeg, isMeasured: true, extensions: "jpg jpeg jpe jfif",
      contentTypes: "image/jpeg image/jpg image/pjpeg", signatures: [[0xFF, 0xD8, 0xFF]]),
    FormatRow(
      .png, isMeasured: true, extensions: "png apng", contentTypes: "image/png image/apng image/x-png",
      signatures: [
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
        // PNG that a program converted as if it were text: its line ends or its encoding.
        [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x0A, 0x1A],
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0D], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x1A, 0x0D],
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x1A, 0x0D], [0xC2, 0x89, 0x50, 0x4E, 0x47],
        [0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47],
      ]),
    // `BM` alone also begins texts.
    FormatRow(
      .bmp, isMeasured: true, extensions: "bmp dib", contentTypes: "image/bmp image/x-bmp image/x-ms-bmp"),
    FormatRow(
      .webp, isMeasured: true, extensions: "webp", contentTypes: "image/webp",
      signatures: [.chunk("RIFF", "WEBP")]),
    FormatRow("gif", "GIF", .image, extensions: "gif", signatures: ["GIF87a", "GIF89a"]),
    FormatRow(
      "tiff", "TIFF", .image, extensions: "tif tiff",
      signatures: [
        [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0x49, 0x49, 0x2B, 0], [0x4D, 0x4D, 0, 0x2B],
      ]),
    FormatRow(.jpegXL, otherExtensions: "jxl", signatures: [[0xFF, 0x0A]], brands: "jxl "),
    FormatRow(
      "jp2", "JPEG 2000", .image, otherExtensions: "jp2", signatures: [[0xFF, 0x4F, 0xFF, 0x51]],
      brands: "jp2  jpx  jpm  jph "),
    FormatRow("jxr", "JPEG XR", .image, signatures: [[0x49, 0x49, 0xBC]]),
    FormatRow(.heic, extensions: "heic", brands: "heic heix heim heis hevc hevx hevm hevs"),
    FormatRow(.heif, extensions: "heif"),
    FormatRow(.avif, extensions: "avif", brands: "avif avis avio"),
    FormatRow("cr3", "Canon CR3", .image, brands: "crx "),
    FormatRow("ani", "Windows animated cursor", .image, signatures: [.chunk("RIFF", "ACON")]),
    FormatRow("psd", "Photoshop document", .image, otherExtensions: "psd", signatures: ["8BPS"]),
    FormatRow("qoi", "QOI", .image, signatures: ["qoif"]),
    FormatRow("exr", "OpenEXR", .image, signatures: [[0x76, 0x2F, 0x31, 0x01]]),
    FormatRow("hdr", "Radiance HDR", .image, signatures: ["#?RADIANCE", "#?RGBE"]),
    FormatRow("dds", "DirectDraw surface", .image, signatures: ["DDS "]),
    FormatRow("bpg", "BPG", .image, signatures: [[0x42, 0x50, 0x47, 0xFB]]),
    FormatRow("flif", "FLIF", .image, signatures: ["FLIF"]),
    FormatRow("xcf", "GIMP image", .image, signatures: ["gimp xcf"]),
    FormatRow("iff-ilbm", "IFF ILBM", .image, signatures: [.chunk("FORM", "ILBM")]),
    FormatRow("mng", "MNG", .image, signatures: [[0x8A, 0x4D, 0x4E, 0x47, 0x0D, 0x0A]]),
    FormatRow("wmf", "Windows metafile", .image, signatures: [[0xD7, 0xCD, 0xC6, 0x9A]]),
    FormatRow(.icon, otherExtensions: "ico"), FormatRow(.cursor), FormatRow(.pnm), FormatRow(.pam),
    FormatRow(.svg, otherExtensions: "svg"),
  ]

  private static let audio: [FormatRow] = [
    FormatRow(
      .wav, isMeasured: true, extensions: "wav wave",
      contentTypes: "audio/wav audio/x-wav audio/wave audio/vnd.wave",
      signatures: [.chunk("RIFF", "WAVE"), .chunk("RF64", "WAVE"), .chunk("BW64", "WAVE")]),
    FormatRow(
      .mp3, isMeasured: true, extensions: "mp3",
      contentTypes: "audio/mpeg audio/mp3 audio/x-mp3 audio/x-mpeg"),
    FormatRow(.mp1), FormatRow(.mp2), FormatRow(.aac, extensions: "aac"), FormatRow(.ac3), FormatRow(.eac3),
    FormatRow("m4a", "M4A (MPEG-4 audio)", .audio, extensions: "m4a", brands: "M4A  F4A "),
    FormatRow("m4b", "M4B (MPEG-4 audio book)", .audio, brands: "M4B  F4B "),
    FormatRow("m4p", "M4P (protected MPEG-4 audio)", .audio, brands: "M4P "),
    FormatRow("rifx", "big-endian WAV", .audio, signatures: [.chunk("RIFX", "WAVE")]),
    FormatRow(
      "wave64", "Sony Wave64", .audio, signatures: [[0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11]]),
    FormatRow("midi", "MIDI", .audio, signatures: [.chunk("RIFF", "RMID"), "MThd"]),
    FormatRow("flac", "FLAC", .audio, extensions: "flac", signatures: ["fLaC"]),
    FormatRow(.ogg, extensions: "ogg", otherExtensions: "oga"), FormatRow(.opus, extensions: "opus"),
    FormatRow(
      "aiff", "AIFF", .audio, extensions: "aif aiff",
      signatures: [.chunk("FORM", "AIFF"), .chunk("FORM", "AIFC")]),
    FormatRow("8svx", "IFF 8SVX", .audio, signatures: [.chunk("FORM", "8SVX")]),
    FormatRow("au", "Sun audio", .audio, signatures: [".snd"]),
    FormatRow("caf", "Core Audio", .audio, signatures: ["caff"]),
    FormatRow("amr", "AMR", .audio, signatures: ["#!AMR"]),
    FormatRow("wavpack", "WavPack", .audio, signatures: ["wvpk"]),
    FormatRow("ape", "Monkey's Audio", .audio, signatures: ["MAC "]),
    FormatRow("tta", "True Audio", .audio, signatures: ["TTA1"]),
    FormatRow("musepack", "Musepack", .audio, signatures: ["MPCK", "MP+"]),
    FormatRow("dsf", "DSF", .audio, signatures: ["DSD "]),
    FormatRow("shorten", "Shorten", .audio, signatures: [[0x61, 0x6A, 0x6B, 0x67]]),
    FormatRow(
      "dts", "DTS", .audio,
      signatures: [
        [0x7F, 0xFE, 0x80, 0x01], [0xFE, 0x7F, 0x01, 0x80], [0x1F, 0xFF, 0xE8, 0x00],
        [0xFF, 0x1F, 0x00, 0xE8],
      ]),
    FormatRow("ra", "RealAudio", .audio, signatures: [[0x2E, 0x72, 0x61, 0xFD]]),
    FormatRow(.wma, otherExtensions: "wma"),
  ]

  private static let video: [FormatRow] = [
    FormatRow(
      .mp4, isMeasured: true, extensions: "mp4 m4v", contentTypes: "video/mp4 video/x-m4v",
      brands: "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 mp71 avc1 hvc1 hev1 "
        + "av01 dash msdh msix cmfc cmf2 cmff M4V  M4VH M4VP MSNV mmp4 XAVC piff isml iphE "
        + "NDSC NDSH NDSM NDSP NDSS NDXC NDXH NDXM NDXP NDXS"),
    FormatRow(
      .mov, isMeasured: true, extensions: "mov qt", contentTypes: "video/quicktime", brands: "qt  "),
    FormatRow(.webm, extensions: "webm", contentTypes: "video/webm"),
    FormatRow(.matroska, extensions: "mkv", contentTypes: "video/x-matroska"),
    FormatRow("avi", "AVI", .video, extensions: "avi", signatures: [.chunk("RIFF", "AVI ")]),
    FormatRow("f4v", "F4V (Flash video)", .video, brands: "F4V  f4v  F4P  f4p "),
    FormatRow(
      "3gp", "3GP", .video, otherExtensions: "3gp",
      brands: "3gp1 3gp2 3gp3 3gp4 3gp5 3gp6 3gp7 3gp8 3gp9 3gpa 3ge6 3ge7 3ge9 3gg6 3gg9 3gh9 3gm9 "
        + "3gr6 3gr9 3gs6 3gs7 3gs9"),
    FormatRow("3g2", "3G2", .video, brands: "3g2a 3g2b 3g2c KDDI"),
    FormatRow("mj2", "Motion JPEG 2000", .video, brands: "mjp2 mj2s"),
    FormatRow(.mp4Fragment), FormatRow(.isoBaseMedia),
    FormatRow("flv", "Flash video", .video, otherExtensions: "flv", signatures: [[0x46, 0x4C, 0x56, 0x01]]),
    FormatRow("rm", "RealMedia", .video, signatures: [".RMF"]),
    FormatRow(
      "mpegps", "MPEG program stream", .video, otherExtensions: "mpg mpeg", signatures: [[0, 0, 1, 0xBA]]),
    FormatRow("mpegvideo", "MPEG video stream", .video, signatures: [[0, 0, 1, 0xB3]]),
    FormatRow(.mpegTS, otherExtensions: "ts"),
    FormatRow(
      "mxf", "MXF", .video,
      signatures: [[0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01]]),
    FormatRow("ivf", "IVF", .video, signatures: ["DKIF"]),
    FormatRow("y4m", "YUV4MPEG2", .video, signatures: ["YUV4MPEG2"]),
    FormatRow("swf", "Flash", .video, signatures: ["FWS"]),
    FormatRow(
      "h264", "raw H.264", .video,
      signatures: [[0, 0, 0, 1, 0x67], [0, 0, 0, 1, 0x27], [0, 0, 0, 1, 0x09]]),
    FormatRow(
      "hevc", "raw HEVC", .video, signatures: [[0, 0, 0, 1, 0x40, 0x01], [0, 0, 0, 1, 0x46, 0x01]]),
    FormatRow(.ogv), FormatRow(.wmv, otherExtensions: "wmv"),
  ]

  private static let others: [FormatRow] = [
    FormatRow(.pdf, otherExtensions: "pdf", signatures: ["%PDF-"]),
    FormatRow("postscript", "PostScript", nil, signatures: ["%!PS", [0xC5, 0xD0, 0xD3, 0xC6]]),
    FormatRow(
      "zip", "ZIP archive", nil, otherExtensions: "zip",
      signatures: [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]]),
    FormatRow("gzip", "gzip", nil, signatures: [[0x1F, 0x8B, 8]]),
    FormatRow("7z", "7-Zip archive", nil, signatures: [[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]]),
    FormatRow("rar", "RAR archive", nil, signatures: [[0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]]),
    FormatRow("bzip2", "bzip2", nil, signatures: ["BZh"]),
    FormatRow("xz", "xz", nil, signatures: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]]),
    FormatRow("zstd", "Zstandard", nil, signatures: [[0x28, 0xB5, 0x2F, 0xFD]]),
    FormatRow("elf", "ELF program", nil, signatures: [[0x7F, 0x45, 0x4C, 0x46]]),
    FormatRow("macho", "Mach-O program", nil, signatures: [[0xCF, 0xFA, 0xED, 0xFE]]),
    FormatRow("wasm", "WebAssembly", nil, signatures: [[0, 0x61, 0x73, 0x6D]]),
    FormatRow("sqlite", "SQLite database", nil, signatures: ["SQLite format 3"]),
    FormatRow(
      "ole", "Microsoft Office document", nil,
      signatures: [[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]]),
    FormatRow(
      "lfs-pointer", "Git LFS pointer", nil, signatures: ["version https://git-lfs.github.com/spec/"]),
    FormatRow(.tar), FormatRow(.windowsProgram), FormatRow(.xml), FormatRow(.script),
    FormatRow(.html, otherExtensions: "html htm"), FormatRow(.json, otherExtensions: "json"),
    FormatRow(.text, otherExtensions: "txt"),
  ]
}

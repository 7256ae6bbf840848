import MediaFacts

extension Signature {
  /// Signatures that name one format each; a longer one stands before a shorter one that it begins with.
  static let specific: [Signature] = images + audio + video + others

  /// Signatures of families, for members that the specific ones do not know.
  static let families: [Signature] = [
    Signature(MediaFormat(id: "riff", name: "RIFF file", kind: nil), "RIFF"),
    Signature(MediaFormat(id: "iff", name: "IFF file", kind: nil), "FORM"),
  ]

  private static let images: [Signature] = [
    Signature(.jpeg, bytes: [0xFF, 0xD8, 0xFF]),
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    // PNG that a program took for text: its line ends or its encoding were converted.
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A]),
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x0A, 0x1A]),
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0D]),
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x1A, 0x0D]),
    Signature(.png, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x1A, 0x0D]),
    Signature(.png, bytes: [0xC2, 0x89, 0x50, 0x4E, 0x47]),
    Signature(.png, bytes: [0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47]),
    Signature(.webp, "RIFF", "WEBP"),
    image("gif", "GIF", "GIF87a"),
    image("gif", "GIF", "GIF89a"),
    Signature(.tiff, bytes: [0x49, 0x49, 0x2A, 0]),
    Signature(.tiff, bytes: [0x4D, 0x4D, 0, 0x2A]),
    Signature(.tiff, bytes: [0x49, 0x49, 0x2B, 0]),
    Signature(.tiff, bytes: [0x4D, 0x4D, 0, 0x2B]),
    Signature(.jpegXL, bytes: [0xFF, 0x0A]),
    Signature(.jpeg2000, bytes: [0xFF, 0x4F, 0xFF, 0x51]),
    image("jxr", "JPEG XR", bytes: [0x49, 0x49, 0xBC]),
    image("ani", "Windows animated cursor", "RIFF", "ACON"),
    image("psd", "Photoshop document", "8BPS"),
    image("qoi", "QOI", "qoif"),
    image("exr", "OpenEXR", bytes: [0x76, 0x2F, 0x31, 0x01]),
    image("hdr", "Radiance HDR", "#?RADIANCE"),
    image("hdr", "Radiance HDR", "#?RGBE"),
    image("dds", "DirectDraw surface", "DDS "),
    image("bpg", "BPG", bytes: [0x42, 0x50, 0x47, 0xFB]),
    image("flif", "FLIF", "FLIF"),
    image("xcf", "GIMP image", "gimp xcf"),
    image("iff-ilbm", "IFF ILBM", "FORM", "ILBM"),
    image("mng", "MNG", bytes: [0x8A, 0x4D, 0x4E, 0x47, 0x0D, 0x0A]),
    image("wmf", "Windows metafile", bytes: [0xD7, 0xCD, 0xC6, 0x9A]),
  ]

  private static let audio: [Signature] = [
    Signature(.wav, "RIFF", "WAVE"),
    Signature(.wav, "RF64", "WAVE"),
    Signature(.wav, "BW64", "WAVE"),
    sound("rifx", "big-endian WAV", "RIFX", "WAVE"),
    sound("wave64", "Sony Wave64", bytes: [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11]),
    sound("midi", "MIDI", "RIFF", "RMID"),
    sound("midi", "MIDI", "MThd"),
    sound("flac", "FLAC", "fLaC"),
    sound("aiff", "AIFF", "FORM", "AIFF"),
    sound("aiff", "AIFF-C", "FORM", "AIFC"),
    sound("8svx", "IFF 8SVX", "FORM", "8SVX"),
    sound("au", "Sun audio", ".snd"),
    sound("caf", "Core Audio", "caff"),
    sound("amr", "AMR", "#!AMR"),
    sound("wavpack", "WavPack", "wvpk"),
    sound("ape", "Monkey's Audio", "MAC "),
    sound("tta", "True Audio", "TTA1"),
    sound("musepack", "Musepack", "MPCK"),
    sound("musepack", "Musepack", "MP+"),
    sound("dsf", "DSF", "DSD "),
    sound("shorten", "Shorten", bytes: [0x61, 0x6A, 0x6B, 0x67]),
    sound("dts", "DTS", bytes: [0x7F, 0xFE, 0x80, 0x01]),
    sound("dts", "DTS", bytes: [0xFE, 0x7F, 0x01, 0x80]),
    sound("dts", "DTS", bytes: [0x1F, 0xFF, 0xE8, 0x00]),
    sound("dts", "DTS", bytes: [0xFF, 0x1F, 0x00, 0xE8]),
    sound("ra", "RealAudio", bytes: [0x2E, 0x72, 0x61, 0xFD]),
  ]

  private static let video: [Signature] = [
    movie("avi", "AVI", "RIFF", "AVI "),
    movie("flv", "Flash video", bytes: [0x46, 0x4C, 0x56, 0x01]),
    movie("rm", "RealMedia", ".RMF"),
    movie("mpegps", "MPEG program stream", bytes: [0, 0, 1, 0xBA]),
    movie("mpegvideo", "MPEG video stream", bytes: [0, 0, 1, 0xB3]),
    movie(
      "mxf", "MXF", bytes: [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01]),
    movie("ivf", "IVF", "DKIF"),
    movie("y4m", "YUV4MPEG2", "YUV4MPEG2"),
    movie("swf", "Flash", "FWS"),
    movie("h264", "raw H.264", bytes: [0, 0, 0, 1, 0x67]),
    movie("h264", "raw H.264", bytes: [0, 0, 0, 1, 0x27]),
    movie("h264", "raw H.264", bytes: [0, 0, 0, 1, 0x09]),
    movie("hevc", "raw HEVC", bytes: [0, 0, 0, 1, 0x40, 0x01]),
    movie("hevc", "raw HEVC", bytes: [0, 0, 0, 1, 0x46, 0x01]),
  ]

  private static let others: [Signature] = [
    Signature(.pdf, "%PDF-"),
    other("postscript", "PostScript", "%!PS"),
    other("postscript", "PostScript", bytes: [0xC5, 0xD0, 0xD3, 0xC6]),
    other("zip", "ZIP archive", bytes: [0x50, 0x4B, 3, 4]),
    other("zip", "ZIP archive", bytes: [0x50, 0x4B, 5, 6]),
    other("gzip", "gzip", bytes: [0x1F, 0x8B, 8]),
    other("7z", "7-Zip archive", bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    other("rar", "RAR archive", bytes: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]),
    other("bzip2", "bzip2", "BZh"),
    other("xz", "xz", bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
    other("zstd", "Zstandard", bytes: [0x28, 0xB5, 0x2F, 0xFD]),
    other("elf", "ELF program", bytes: [0x7F, 0x45, 0x4C, 0x46]),
    other("macho", "Mach-O program", bytes: [0xCF, 0xFA, 0xED, 0xFE]),
    other("wasm", "WebAssembly", bytes: [0, 0x61, 0x73, 0x6D]),
    other("sqlite", "SQLite database", "SQLite format 3"),
    other("ole", "Microsoft Office document", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    other("lfs-pointer", "Git LFS pointer", "version https://git-lfs.github.com/spec/"),
  ]

  private static func image(
    _ id: String, _ name: String, _ text: String = "", _ further: String = "", bytes: [UInt8] = []
  ) -> Signature {
    named(MediaFormat(id: id, name: name, kind: .image), text, further, bytes)
  }

  private static func sound(
    _ id: String, _ name: String, _ text: String = "", _ further: String = "", bytes: [UInt8] = []
  ) -> Signature {
    named(MediaFormat(id: id, name: name, kind: .audio), text, further, bytes)
  }

  private static func movie(
    _ id: String, _ name: String, _ text: String = "", _ further: String = "", bytes: [UInt8] = []
  ) -> Signature {
    named(MediaFormat(id: id, name: name, kind: .video), text, further, bytes)
  }

  private static func other(
    _ id: String, _ name: String, _ text: String = "", bytes: [UInt8] = []
  ) -> Signature {
    named(MediaFormat(id: id, name: name, kind: nil), text, "", bytes)
  }

  private static func named(
    _ format: MediaFormat, _ text: String, _ further: String, _ bytes: [UInt8]
  ) -> Signature {
    bytes.isEmpty ? Signature(format, text, further) : Signature(format, bytes: bytes)
  }
}

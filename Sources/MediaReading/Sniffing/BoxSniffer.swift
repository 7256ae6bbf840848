import MediaFacts

/// Names files made of ISO-BMFF or QuickTime boxes: by brand where there is one, else by the first boxes.
enum BoxSniffer {
  /// Boxes that may stand before the one that names the file; more are not looked at.
  private static let mostBoxes = 16
  /// The part of an ftyp box that is looked at, in bytes.
  private static let longestBrands = 1024

  static func identify(_ reader: MeteredReader) throws(ProbeStop) -> Identity? {
    var position: Int64 = 0
    var sawQuickTime = false
    for _ in 0..<mostBoxes {
      let head = try reader.bytes(at: position, count: 16)
      guard let size = head.bigEndian(0, 4), let type = head.fourCC(4), isPlausible(size, type) else { break }
      switch type {
      case "ftyp":
        let count = Int(clamping: min(UInt64(longestBrands), max(16, size)))
        return brands(try reader.bytes(at: position, count: count))
      case "styp", "moof", "sidx", "ssix", "emsg", "prft":
        return Identity(.mp4Fragment, "begins with \(type)")
      case "moov", "mdat":
        return Identity(.mov, "no brand, begins with \(type)")
      case "JXL ":
        return Identity(.jpegXL)
      case "jP  ":
        position += Int64(clamping: size)
      case "wide", "free", "skip", "pnot", "uuid":
        sawQuickTime = sawQuickTime || type == "wide" || type == "pnot"
        guard size >= 8 else { return sawQuickTime ? Identity(.mov) : nil }
        position += Int64(clamping: size)
      default:
        return sawQuickTime ? Identity(.mov) : nil
      }
    }
    return sawQuickTime ? Identity(.mov, "no brand") : nil
  }

  /// Whether a box can begin so; sizes of 0 and 1 mean "to the end" and "64 bits follow".
  private static func isPlausible(_ size: UInt64, _ type: String) -> Bool {
    type == "ftyp" || size >= 8 || size <= 1
  }

  /// The format of a file whose ftyp box is `box`: by its major brand, else by the first compatible one
  /// known.
  private static func brands(_ box: ArraySlice<UInt8>) -> Identity {
    guard let major = box.fourCC(8) else { return Identity(.isoBaseMedia) }
    let compatible = stride(from: 16, to: box.count, by: 4).compactMap { box.fourCC($0) }
    let detail = "brand \(major.prefix { $0 != " " })"
    if heifFamily.contains(major) {
      // The structural brands of HEIF leave the coding to the compatible ones.
      let codings = compatible.compactMap { formats[$0] }
      let coding = codings.first { $0 == .avif } ?? codings.first { $0 == .heic }
      return Identity(coding ?? .heif, detail)
    }
    let known = formats[major] ?? compatible.lazy.compactMap { formats[$0] }.first
    return Identity(known ?? .isoBaseMedia, detail)
  }

  private static let heifFamily: Set = ["mif1", "mif2", "mif3", "miaf", "msf1", "MiHB"]

  private static let formats: [String: MediaFormat] = {
    let m4a = MediaFormat(id: "m4a", name: "M4A (MPEG-4 audio)", kind: .audio)
    let groups: [(MediaFormat, String)] = [
      (.mov, "qt  "),
      (
        .mp4,
        "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 mp71 avc1 hvc1 hev1 av01 dash"
          + " msdh msix cmfc cmf2 cmff M4V  M4VH M4VP MSNV mmp4 XAVC piff isml iphE NDSC NDSH NDSM NDSP NDSS"
          + " NDXC NDXH NDXM NDXP NDXS"
      ),
      (m4a, "M4A  F4A "),
      (MediaFormat(id: "m4b", name: "M4B (MPEG-4 audio book)", kind: .audio), "M4B  F4B "),
      (MediaFormat(id: "m4p", name: "M4P (protected MPEG-4 audio)", kind: .audio), "M4P "),
      (MediaFormat(id: "f4v", name: "F4V (Flash video)", kind: .video), "F4V  f4v  F4P  f4p "),
      (
        MediaFormat(id: "3gp", name: "3GP", kind: .video),
        "3gp1 3gp2 3gp3 3gp4 3gp5 3gp6 3gp7 3gp8 3gp9 3gpa 3ge6 3ge7 3ge9 3gg6 3gg9 3gh9 3gm9 3gr6 3gr9"
          + " 3gs6 3gs7 3gs9"
      ),
      (MediaFormat(id: "3g2", name: "3G2", kind: .video), "3g2a 3g2b 3g2c KDDI"),
      (.heic, "heic heix heim heis hevc hevx hevm hevs"),
      (.avif, "avif avis avio"),
      (MediaFormat(id: "cr3", name: "Canon CR3", kind: .image), "crx "),
      (.jpeg2000, "jp2  jpx  jpm  jph "),
      (MediaFormat(id: "mj2", name: "Motion JPEG 2000", kind: .video), "mjp2 mj2s"),
      (.jpegXL, "jxl "),
    ]
    var formats: [String: MediaFormat] = [:]
    for (format, brands) in groups {
      let codes = Array(brands)
      for start in stride(from: 0, to: codes.count, by: 5) {
        formats[String(codes[start..<min(start + 4, codes.count)])] = format
      }
    }
    return formats
  }()
}

import MediaFacts

/// Recognises files made of ISO-BMFF or QuickTime boxes, by brand if there is one, otherwise by the first
/// boxes.
enum BoxSniffer {
  /// The maximum number of boxes before the one that identifies the file.
  private static let mostBoxes = 16
  /// The part of an ftyp box that is read, in bytes.
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

  /// Whether a box can begin with this size and type. Sizes of 0 and 1 mean "to the end" and "64 bits
  /// follow".
  private static func isPlausible(_ size: UInt64, _ type: String) -> Bool {
    type == "ftyp" || size >= 8 || size <= 1
  }

  /// The format of a file whose ftyp box is `box`: by its major brand, otherwise by the first known
  /// compatible brand.
  private static func brands(_ box: ArraySlice<UInt8>) -> Identity {
    guard let major = box.fourCC(8) else { return Identity(.isoBaseMedia) }
    let compatible = stride(from: 16, to: box.count, by: 4).compactMap { box.fourCC($0) }
    let detail = "brand \(major.prefix { $0 != " " })"
    if heifFamily.contains(major) {
      // For HEIF's structural brands, only the compatible brands name the codec.
      let codings = compatible.compactMap(FormatTable.format(brand:))
      let coding = codings.first { $0 == .avif } ?? codings.first { $0 == .heic }
      return Identity(coding ?? .heif, detail)
    }
    let known = ([major] + compatible).lazy.compactMap(FormatTable.format(brand:)).first
    return Identity(known ?? .isoBaseMedia, detail)
  }

  private static let heifFamily: Set = ["mif1", "mif2", "mif3", "miaf", "msf1", "MiHB"]
}

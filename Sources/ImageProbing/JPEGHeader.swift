import MediaFacts
import MediaReading

/// The content of the marker segments before the first scan of a JPEG.
struct JPEGHeader {
  /// One component of the frame.
  struct Component {
    var id: UInt8
    var horizontal: Int
    var vertical: Int
  }

  /// The second byte of the SOF marker.
  var marker: UInt8
  var precision: Int
  var width: Int
  /// 0 if the height is in a DNL marker.
  var height: Int
  var components: [Component]
  var orientation: Int?
  /// Where the entropy-coded data of the first scan begin.
  var scanOffset: Int64 = 0
  /// Components in the first scan.
  var firstScanComponents = 0

  /// The frame in an SOF segment, from its marker on; `nil` if it contradicts itself.
  init?(marker: UInt8, _ segment: ArraySlice<UInt8>) {
    guard let precision = segment.bigEndian(4, 1), let height = segment.bigEndian(5, 2),
      let width = segment.bigEndian(7, 2), let count = segment.bigEndian(9, 1),
      segment.bigEndian(2, 2) == 8 + 3 * count, segment.count >= 10 + 3 * Int(count)
    else { return nil }
    self.marker = marker
    self.precision = Int(precision)
    self.width = Int(width)
    self.height = Int(height)
    components = (0..<Int(count)).map { index in
      let start = segment.startIndex + 10 + 3 * index
      return Component(
        id: segment[start], horizontal: Int(segment[start + 1] >> 4), vertical: Int(segment[start + 1] & 15))
    }
  }

  var coding: ImageFacts.Coding {
    switch marker {
    case 0xC0: .baseline
    case 0xC1: .extended
    case 0xC2: .progressive
    case 0xC3, 0xF7: .lossless
    case 0xC5, 0xC6, 0xC7: .hierarchical
    default: .arithmetic
    }
  }

  /// Whether libjpeg must hold all coefficients, because later scans add to them.
  var hasManyScans: Bool {
    marker == 0xC2 || firstScanComponents < components.count
  }

  var color: ImageFacts.Color {
    switch components.count {
    case 1, 2: .gray
    case 4: .cmyk
    default: .rgb
    }
  }

  /// Why libjpeg cannot decode the image, as a clause; `nil` if it can.
  var undecodable: String? {
    switch marker {
    case 0xC3: return "lossless JPEG (SOF3) is not decoded here"
    case 0xF7: return "lossless JPEG-LS is not decoded here"
    case 0xC5, 0xC6, 0xC7: return "hierarchical JPEG (SOF\(marker - 0xC0)) is not decoded here"
    case 0xCB, 0xCD, 0xCE, 0xCF:
      return "lossless or hierarchical JPEG with arithmetic coding (SOF\(marker - 0xC0)) is not decoded here"
    // After the end of arithmetic-coded data, the decoder reads zeros forever. It cannot detect that data is
    // missing.
    case 0xC9, 0xCA: return "JPEG with arithmetic coding (SOF\(marker - 0xC0)) is not decoded here"
    default: break
    }
    if precision != 8 { return "JPEG with \(precision) bits per sample is not decoded here" }
    if height == 0 { return "the height is after the image data (DNL), which is not decoded here" }
    let widest = components.map(\.horizontal).max() ?? 1
    let tallest = components.map(\.vertical).max() ?? 1
    let fractional = components.contains {
      $0.horizontal > 0 && $0.vertical > 0 && (widest % $0.horizontal != 0 || tallest % $0.vertical != 0)
    }
    return fractional ? "chroma subsampling by a fraction is not decoded here" : nil
  }

  /// What makes the header impossible, as a clause; `nil` if it is possible.
  var impossible: String? {
    if width == 0 { return "the width is 0" }
    if components.isEmpty { return "the frame has no components" }
    if components.count == 2 || components.count > 4 {
      return "the frame has \(components.count) components, which no colour space has"
    }
    if components.contains(where: { !(1...4).contains($0.horizontal) || !(1...4).contains($0.vertical) }) {
      return "a sampling factor is not 1 to 4"
    }
    return nil
  }
}

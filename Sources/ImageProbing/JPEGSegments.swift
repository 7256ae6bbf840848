import MediaFacts
import MediaReading

/// Walks the marker segments of a JPEG and skips their payloads.
struct JPEGSegments {
  let edges: EdgeReader
  /// Marker bytes that this file uses by name.
  enum Marker {
    static let startOfImage: UInt8 = 0xD8
    static let endOfImage: UInt8 = 0xD9
    static let startOfScan: UInt8 = 0xDA
    static let numberOfLines: UInt8 = 0xDC
    static let exif: UInt8 = 0xE1
    static let temporary: UInt8 = 0x01
    /// SOF55 of JPEG-LS.
    static let losslessFrame: UInt8 = 0xF7

    /// Application segments by their marker: their first bytes, and the minimum length that a reader assumes.
    static let applicationData: [UInt8: (title: String, name: [UInt8], bytes: UInt64, reader: String)] = [
      0xE0: ("JFIF", Array("JFIF".utf8), 7, "Pillow"),
      0xE1: ("EXIF", Array("Exif\0\0".utf8), 14, "Pillow before 10"),
      0xE2: ("ICC profile", Array("ICC_PROFILE\0".utf8), 14, "Pillow"),
      0xEE: ("Adobe", Array("Adobe".utf8), 7, "Pillow"),
    ]

    /// SOF0 to SOF15 without C4, C8 and CC, which have other meanings, and SOF55 of JPEG-LS.
    static func startsFrame(_ marker: UInt8) -> Bool {
      marker == losslessFrame
        || (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// Markers without a length: TEM, RST0 to RST7.
    static func standsAlone(_ marker: UInt8) -> Bool {
      marker == 0x01 || (0xD0...0xD7).contains(marker)
    }

    /// Whether FF and this byte are part of the entropy-coded data of a frame. After FF, an encoder inserts a
    /// zero byte, or in JPEG-LS a zero bit.
    static func standsInData(_ marker: UInt8, of frame: UInt8) -> Bool {
      marker == 0 || standsAlone(marker) || (frame == losslessFrame && marker < 0x80)
    }

    /// DHT, DAC, SOS, DQT, DNL, DRI and COM.
    static func standsBetweenScans(_ marker: UInt8) -> Bool {
      marker == 0xC4 || marker == 0xCC || (0xDA...0xDD).contains(marker) || marker == 0xFE
    }
  }

  /// The headers up to the first scan; `nil` if they end early, and then the reason is recorded in `facts`.
  func header(_ facts: inout MediaFacts) throws(ProbeStop) -> JPEGHeader? {
    var header: JPEGHeader?
    var orientation: Int?
    var strayBytes: Defect?
    var unusual: Defect?
    defer { facts.defects += [strayBytes, unusual].compactMap(\.self) }
    var position: Int64 = 2
    for _ in 0..<edges.reader.budget.chunks {
      try edges.reader.checkTime()
      guard let next = try marker(from: position) else {
        facts.defects.append(Defect(.truncated, "the file ends before the picture data", offset: position))
        return nil
      }
      if next.skipped > 0 {
        // A hostile header has tens of thousands of them, so only the first is recorded.
        strayBytes =
          strayBytes
          ?? Defect(
            .irregular, "stray bytes (\(next.skipped)) are before a marker", offset: position,
            bytes: next.skipped)
      }
      let (code, start) = (next.code, next.offset)
      if Marker.standsAlone(code) {
        if code == Marker.temporary, unusual == nil {
          unusual = Defect(.irregular, "a TEM marker is in the headers: Pillow refuses it", offset: start)
        }
        position = start + 2
        continue
      }
      if code == Marker.startOfImage || code == Marker.endOfImage {
        let what = code == Marker.endOfImage ? "the image ends" : "a second image begins"
        facts.defects.append(Defect(.corrupt, "\(what) before any picture data", offset: start))
        return nil
      }
      guard let length = try edges.bytes(at: start, count: 4).bigEndian(2, 2) else {
        facts.defects.append(Defect(.truncated, "the file ends inside a marker segment", offset: start))
        return nil
      }
      guard length >= 2 else {
        facts.defects.append(Defect(.corrupt, "a marker segment has the length \(length)", offset: start))
        return nil
      }
      if unusual == nil, let least = Marker.applicationData[code],
        length - 2 < least.bytes,
        try edges.bytes(at: start + 4, count: Int(length) - 2).starts(with: least.name)
      {
        unusual = Defect(
          .irregular, "the \(least.title) segment has only \(length - 2) bytes: \(least.reader) refuses it",
          offset: start)
      }
      position = start + 2 + Int64(length)
      if Marker.startsFrame(code) {
        guard header == nil, try edges.hasByte(at: position - 1) else {
          facts.defects.append(
            header == nil
              ? Defect(.truncated, "the file ends inside the frame header", offset: start)
              : Defect(.corrupt, "there is a second frame header", offset: start))
          return nil
        }
        header = JPEGHeader(marker: code, try edges.bytes(at: start, count: 2 + Int(length)))
        guard let header, header.impossible == nil else {
          let why = header?.impossible ?? "the frame header has a wrong length"
          facts.defects.append(Defect(.corrupt, why, offset: start))
          return nil
        }
        facts.image = header.facts(orientation)
      } else if code == Marker.exif, orientation == nil,
        try edges.bytes(at: start + 4, count: 6).elementsEqual([0x45, 0x78, 0x69, 0x66, 0, 0])
      {
        orientation = try EXIFOrientation.find(edges, at: start + 4, count: Int64(length) - 2)
        if let orientation { facts.image?.orientation = orientation }
      } else if code == Marker.startOfScan {
        guard var header else {
          facts.defects.append(Defect(.corrupt, "a scan begins before any frame header", offset: start))
          return nil
        }
        header.scanOffset = position
        header.firstScanComponents = Int(try edges.bytes(at: start + 4, count: 1).first ?? 0)
        header.orientation = orientation
        return header
      }
    }
    throw edges.reader.exceeded("more than \(edges.reader.budget.chunks) segments", at: position)
  }

  /// The first marker at or after `position` outside entropy-coded data, and its position; `nil` at the end
  /// of the file. Fill bytes and stray bytes are skipped.
  private func marker(from position: Int64) throws(ProbeStop) -> (code: UInt8, offset: Int64, skipped: Int64)?
  {
    var start = position
    while true {
      let bytes = try edges.bytes(at: start, count: 512)
      guard bytes.count >= 2 else { return nil }
      let first = bytes.startIndex
      if let found = bytes.indices.dropLast().first(where: {
        bytes[$0] == 0xFF && bytes[$0 + 1] != 0xFF && bytes[$0 + 1] != 0
      }) {
        let fill = bytes[first..<found].allSatisfy { $0 == 0xFF }
        let offset = start + Int64(found - first)
        return (bytes[found + 1], offset, fill && start == position ? 0 : offset - position)
      }
      start += Int64(bytes.count - 1)
      try edges.reader.checkTime()
    }
  }

  /// The position of the end marker in `bytes`, which begin somewhere in the entropy-coded data of a frame;
  /// `nil` if there is none.
  ///
  /// Also `nil` if other bytes are before it than image data and segments allowed between scans. An end
  /// marker after such bytes may be part of another file.
  static func endOfImage(in bytes: ArraySlice<UInt8>, of frame: UInt8) -> Int? {
    var rest = bytes
    while let found = rest.firstIndex(of: 0xFF), found + 1 < rest.endIndex {
      let code = rest[found + 1]
      switch code {
      case Marker.endOfImage: return found
      case 0xFF: rest = rest[(found + 1)...]
      case _ where Marker.standsInData(code, of: frame): rest = rest[(found + 2)...]
      case _ where Marker.standsBetweenScans(code):
        guard let length = rest[found...].bigEndian(2, 2), length >= 2 else { return nil }
        rest = rest[found...].dropFirst(2 + Int(length))
      default: return nil
      }
    }
    return nil
  }

  /// The position of the marker `wanted` at or after the first scan of `header`; `nil` if there is none.
  /// Segments between scans are skipped. With `onlyNext`, the search ends at the first marker.
  func find(_ wanted: UInt8, in header: JPEGHeader, onlyNext: Bool = false) throws(ProbeStop) -> Int64? {
    let bytes = SequentialReader(edges.reader, from: header.scanOffset, chunkSize: ImageProbe.chunkSize)
    while let byte = try bytes.byte() {
      guard byte == 0xFF else { continue }
      var code = try bytes.byte()
      while code == 0xFF { code = try bytes.byte() }
      guard let code else { return nil }
      if Marker.standsInData(code, of: header.marker) { continue }
      if code == wanted { return bytes.offset - 2 }
      if onlyNext { return nil }
      if code == Marker.startOfImage || code == Marker.endOfImage { continue }
      guard var left = try bytes.take(2).bigEndian(0, 2).map({ Int($0) - 2 }) else { return nil }
      while left > 0 {
        let skipped = try bytes.next(left) { $0.count }
        if skipped == 0 { return nil }
        left -= skipped
      }
    }
    return nil
  }
}

extension JPEGHeader {
  /// The facts of this frame; `nil` while its height is not known.
  func facts(_ orientation: Int?) -> ImageFacts? {
    guard height > 0 else { return nil }
    var image = ImageFacts(width: width, height: height, color: color, bitDepth: precision, coding: coding)
    image.orientation = orientation ?? 1
    image.transparentPixels = false
    return image
  }
}

/// Writes small BMP files.
struct BMPWriter {
  var headerSize = 40
  var width = 6
  var height = 5
  var bitCount = 24
  var compression = 0
  var planes = 1
  /// Red, green, blue, alpha.
  var masks: [Int] = []
  /// Colours in the table; `nil`: as many as the bits allow. Stated only if `statesColors`.
  var colors: Int?
  var statesColors = false
  /// The coded pixels; `nil`: rows of `fill`.
  var data: [UInt8]?
  var dataSize = 0
  var fill: UInt8 = 0
  /// `nil`: the size of the file.
  var fileSize: Int?
  var pixelOffset: Int?

  private var table: [UInt8] {
    guard bitCount <= 8, bitCount > 0 else { return [] }
    // A header may state billions of colours; none of them needs to be there.
    let written = min(256, colors ?? 1 << bitCount)
    return Array(repeating: 0x77, count: written * (headerSize == 12 ? 3 : 4))
  }

  private var info: [UInt8] {
    if headerSize == 12 {
      return Bytes.little(12, 4) + [width, height, planes, bitCount].flatMap { Bytes.little($0, 2) }
    }
    let fields =
      [headerSize, width, height].flatMap { Bytes.little($0, 4) } + Bytes.little(planes, 2)
      + Bytes.little(bitCount, 2)
      + [compression, dataSize, 0, 0, statesColors ? colors ?? 0 : 0, 0].flatMap { Bytes.little($0, 4) }
    let long = fields + (headerSize > 40 ? masks.flatMap { Bytes.little($0, 4) } : [])
    return Array((long + Array(repeating: 0, count: 124)).prefix(headerSize))
  }

  var bytes: [UInt8] {
    let masksBehind = headerSize == 40 ? masks.flatMap { Bytes.little($0, 4) } : []
    let headers = info + masksBehind + table
    let offset = pixelOffset ?? 14 + headers.count
    let row = (width * bitCount + 31) / 32 * 4
    let pixels = data ?? Array(repeating: fill, count: row * abs(height))
    let body = headers + Array(repeating: 0, count: max(0, offset - 14 - headers.count)) + pixels
    return Array("BM".utf8) + Bytes.little(fileSize ?? 14 + body.count, 4) + [0, 0, 0, 0]
      + Bytes.little(offset, 4)
      + body
  }
}

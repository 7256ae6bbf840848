import CFFmpeg
import MediaReading

/// The linear part of the matrix of a tkhd or mvhd box: x' = ax + cy, y' = bx + dy, with y growing downwards.
struct DisplayMatrix: Sendable, Hashable {
  var a: Double
  var b: Double
  var c: Double
  var d: Double

  static let identity = DisplayMatrix(a: 1, b: 0, c: 0, d: 1)

  /// The matrix in the nine big-endian words (a b u, c d v, x y w; 16.16) at `position`.
  init?(_ bytes: ArraySlice<UInt8>, at position: Int) {
    func fixed(_ word: Int) -> Double? {
      bytes.bigEndian(position + 4 * word, 4).map { Double(Int32(truncatingIfNeeded: $0)) / 65536 }
    }
    guard let a = fixed(0), let b = fixed(1), let c = fixed(3), let d = fixed(4) else { return nil }
    self.init(a: a, b: b, c: c, d: d)
  }

  init(a: Double, b: Double, c: Double, d: Double) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  /// This matrix, then `next`: a track's, then the movie's.
  func then(_ next: DisplayMatrix) -> DisplayMatrix {
    DisplayMatrix(
      a: a * next.a + b * next.c, b: a * next.b + b * next.d,
      c: c * next.a + d * next.c, d: c * next.b + d * next.d)
  }

  /// By how many degrees, 0 to 359, frames are turned clockwise for display.
  ///
  /// ffprobe's `rotation` is the same angle in the other direction: -90 there is 90 here. A mirroring matrix
  /// counts as a left-right mirroring followed by a rotation, so a plain mirror image has no rotation. A
  /// matrix that maps frames to nothing has no rotation either.
  var clockwiseDegrees: Int {
    let determinant = a * d - b * c
    guard determinant != 0 else { return 0 }
    let mirror: Double = determinant < 0 ? -1 : 1
    let matrix = [a * mirror, b * mirror, 0, c, d, 0, 0, 0, 1].map { Int32(clamping: Int64($0 * 65536)) }
    let degrees = -av_display_rotation_get(matrix)
    return degrees.isFinite ? (Int(degrees.rounded()) + 360) % 360 : 0
  }
}

/// A small picture of an asset for people: no fact, and never part of a JSON report.
public struct Preview: Sendable, Hashable, Codable {
  /// Width in pixels, upright as displayed.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// The picture as a JPEG file, encoded here: no byte of the asset is in it.
  public var jpeg: [UInt8]

  /// The longest side of a preview in pixels.
  public static let longestSide = 144

  /// A picture of a size.
  public init(width: Int, height: Int, jpeg: [UInt8]) {
    self.width = width
    self.height = height
    self.jpeg = jpeg
  }
}

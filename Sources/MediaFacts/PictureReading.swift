/// What a reader may take for the picture of a video instead of the first video track as its codec has it.
public struct PictureReading: Sendable, Hashable, Codable {
  /// Where it comes from, for people and reports: `track 2`, or `sample entry` where the container states another size
  /// than the codec's own headers.
  public var name: String
  /// Stored width in pixels.
  public var width: Int
  /// Stored height in pixels.
  public var height: Int
  /// Width as displayed, after sample aspect ratio and rotation.
  public var displayWidth: Int
  /// Height as displayed, after sample aspect ratio and rotation.
  public var displayHeight: Int
  /// What a further track presents, in seconds; `nil` where it is the first track's time, or that of a single picture.
  public var duration: Rational?

  /// A picture that is displayed as it is stored.
  public init(name: String, width: Int, height: Int, duration: Rational? = nil) {
    self.name = name
    (self.width, self.height) = (width, height)
    (displayWidth, displayHeight) = (width, height)
    self.duration = duration
  }
}

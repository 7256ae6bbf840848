/// The measured facts of an image.
public struct ImageFacts: Sendable, Hashable, Codable {
  /// How colours are stored. Palettes and luma-chroma encodings are named for what a viewer gets.
  public enum Color: String, Sendable, Hashable, Codable {
    /// One channel.
    case gray
    /// Red, green and blue, also if they are encoded as YCbCr.
    case rgb
    /// Indices into a table of colours.
    case palette
    /// Four inks, also if they are encoded as YCCK.
    case cmyk
  }

  /// How the pixels are encoded; new encodings may be added.
  public struct Coding: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name in reports.
    public var rawValue: String

    /// An encoding by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// JPEG SOF0: sequential, Huffman, 8 bits.
    public static let baseline = Coding(rawValue: "baseline")
    /// JPEG SOF1: sequential, Huffman, 8 or 12 bits.
    public static let extended = Coding(rawValue: "extended")
    /// JPEG SOF2: progressive, Huffman.
    public static let progressive = Coding(rawValue: "progressive")
    /// JPEG SOF3, 5, 6, 7 (lossless or hierarchical), or WebP lossless.
    public static let lossless = Coding(rawValue: "lossless")
    /// JPEG SOF9 to 15: arithmetic coding.
    public static let arithmetic = Coding(rawValue: "arithmetic")
    /// Hierarchical JPEG: SOF5, 6, 7.
    public static let hierarchical = Coding(rawValue: "hierarchical")
    /// WebP lossy.
    public static let lossy = Coding(rawValue: "lossy")
    /// PNG without interlace.
    public static let deflate = Coding(rawValue: "deflate")
    /// PNG with Adam7 interlace.
    public static let adam7 = Coding(rawValue: "adam7")
    /// BMP without compression, bit fields included.
    public static let uncompressed = Coding(rawValue: "uncompressed")
    /// BMP with run lengths.
    public static let runLength = Coding(rawValue: "rle")
    /// A JPEG inside a BMP.
    public static let embeddedJPEG = Coding(rawValue: "embedded-jpeg")
    /// A PNG inside a BMP.
    public static let embeddedPNG = Coding(rawValue: "embedded-png")
    /// A BMP encoding that no common program decodes (OS/2 Huffman, 24-bit run lengths).
    public static let obscure = Coding(rawValue: "obscure")
  }

  /// Stored width in pixels, above zero.
  public var width: Int
  /// Stored height in pixels, above zero (a top-down BMP's is positive here).
  public var height: Int
  /// EXIF orientation, 1 to 8; 1 where none is stated.
  public var orientation: Int
  /// Whether there is more than one frame (APNG, animated WebP).
  public var animated: Bool
  /// Frames that the file declares; 1 for a still image.
  public var frames: Int
  /// Whether the file has an alpha channel or a transparent colour.
  public var alpha: Bool
  /// Whether any pixel is not fully opaque; `nil` if the pixels were not examined.
  public var transparentPixels: Bool?
  /// Whether there is an alpha channel with 0 for every pixel. Then a program did not fill it in, and most
  /// viewers ignore it.
  public var emptyAlpha: Bool
  /// How colours are stored.
  public var color: Color
  /// Bits per channel, or per index for a palette.
  public var bitDepth: Int
  /// How the pixels are encoded.
  public var coding: Coding

  /// Facts of a still, opaque, upright image.
  public init(width: Int, height: Int, color: Color, bitDepth: Int, coding: Coding) {
    self.width = width
    self.height = height
    self.color = color
    self.bitDepth = bitDepth
    self.coding = coding
    orientation = 1
    animated = false
    frames = 1
    alpha = false
    emptyAlpha = false
  }

  /// Width as displayed: orientations 5 to 8 swap width and height.
  public var displayWidth: Int { orientation >= 5 ? height : width }
  /// Height as displayed: orientations 5 to 8 swap width and height.
  public var displayHeight: Int { orientation >= 5 ? width : height }
}

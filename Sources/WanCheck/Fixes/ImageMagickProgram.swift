/// The name of ImageMagick's program where a fix is run: `magick` since version 7, `convert` before.
public enum ImageMagickProgram: String, Sendable, Hashable, CaseIterable {
  /// The name that version 6 has, and that installations of version 7 keep.
  case convert
  /// The name that version 7 has.
  case magick

  /// The name to write, by the programs that `isInstalled` finds: the one that is installed, or `convert` if both or neither
  /// are.
  public static func preferred(where isInstalled: (String) -> Bool) -> ImageMagickProgram {
    allCases.first { isInstalled($0.rawValue) } ?? .convert
  }
}

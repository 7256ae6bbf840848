/// What ImageMagick is called where a fix is to be run: `magick` since version 7, `convert` before.
public enum ImageMagickProgram: String, Sendable, Hashable, CaseIterable {
  /// The name that version 6 has, and that installations of version 7 keep.
  case convert
  /// The name that version 7 has.
  case magick

  /// The name to write where `isInstalled` says which programs there are: the one that is there, `convert` if both or
  /// none are.
  public static func preferred(where isInstalled: (String) -> Bool) -> ImageMagickProgram {
    allCases.first { isInstalled($0.rawValue) } ?? .convert
  }
}

import Foundation

/// A command that writes a repaired copy of an asset. It is data, which is run without a shell or shown as text for one.
public struct RepairCommand: Sendable, Hashable {
  /// The programs that reports name.
  public enum Program: String, Sendable, Hashable, CaseIterable {
    /// ffmpeg.
    case ffmpeg
    /// ImageMagick, version 6 or 7.
    case imageMagick = "imagemagick"
    /// jpegtran of libjpeg.
    case jpegtran
  }

  /// One argument.
  enum Word: Sendable, Hashable {
    case text(String)
    /// The path of the asset, after the prefix that names its format.
    case input(prefix: String)
    /// The path of the copy, after the prefix that names its format.
    case output(prefix: String)
  }

  /// Which of the reported programs it runs; `nil` for one that every system has.
  public let program: Program?
  /// The name of the executable.
  public let executable: String
  /// An exit status besides 0 with which the copy is complete.
  public let tolerableStatus: Int?
  /// Whether the asset is given as standard input, since its name would be read as a pattern.
  public let readsStandardInput: Bool
  /// Whether the command writes the copy to standard output.
  public let writesStandardOutput: Bool
  /// The asset.
  public let asset: AssetPath
  /// The extension of the copy's name.
  public let suffix: String
  /// The number in the copy's name: that of the first free name.
  public internal(set) var number = 1
  private let words: [Word]

  init(
    _ program: Program?, _ executable: String, _ words: [Word], asset: AssetPath, suffix: String,
    readsStandardInput: Bool = false, writesStandardOutput: Bool = false, tolerableStatus: Int? = nil
  ) {
    (self.program, self.executable, self.words) = (program, executable, words)
    (self.asset, self.suffix) = (asset, suffix)
    (self.readsStandardInput, self.writesStandardOutput) = (readsStandardInput, writesStandardOutput)
    self.tolerableStatus = tolerableStatus
  }

  /// The arguments that read `input` and write a copy at `output`; `nil`: at the paths in the text.
  public func arguments(input: [UInt8]? = nil, output: [UInt8]? = nil) -> [[UInt8]] {
    words.map { word in
      switch word {
      case .text(let text): Array(text.utf8)
      case .input(let prefix): Array(prefix.utf8) + (input ?? asset.anchored)
      case .output(let prefix): Array(prefix.utf8) + (output ?? self.output)
      }
    }
  }

  /// The path of the copy in bytes, anchored like the asset's.
  public var output: [UInt8] { asset.copy(suffix: suffix, number: number) }

  /// The path of the copy, as text.
  public var writes: String {
    let path = String(decoding: output, as: UTF8.self)
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// The program with its arguments, for a shell.
  var invocation: String { invocation(input: asset.anchored, output: output) }

  /// The program with the arguments that read `input` and write `output`, for a shell.
  private func invocation(input: [UInt8], output: [UInt8]) -> String {
    let words = [Array(executable.utf8)] + arguments(input: input, output: output)
    var text = words.map(ShellWord.quoted).joined(separator: " ")
    if readsStandardInput { text += " < \(ShellWord.quoted(input))" }
    if writesStandardOutput { text += " > \(ShellWord.quoted(output))" }
    return text
  }

  /// The command for a POSIX shell that reads `input` and writes `output`; it fails if the copy is not whole.
  package func shellText(input: [UInt8], output: [UInt8]) -> String {
    let text = invocation(input: input, output: output)
    return tolerableStatus.map { "{ \(text) || [ $? = \($0) ]; }" } ?? text
  }

  /// The command for a POSIX shell. It overwrites no file, and removes its output if it fails.
  public var text: String {
    let output = ShellWord.quoted(output)
    let tolerance = tolerableStatus.map { " || [ $? = \($0) ]" } ?? ""
    return "[ ! -e \(output) ] && { \(invocation)\(tolerance) || ! rm -f \(output); }"
  }
}

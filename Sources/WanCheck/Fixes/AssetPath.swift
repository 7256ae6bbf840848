import Foundation
import Locations
import SystemPackage

/// The path of an asset, in bytes: its own, or the name under which a URL would be saved.
///
/// It is processed as bytes, since a slash or quotation mark with a combining mark is another `Character`.
public struct AssetPath: Sendable, Hashable {
  /// The path as it is named.
  let bytes: [UInt8]
  /// Whether it is a local file, not a URL that has to be saved first.
  let isLocal: Bool

  init(_ reference: AssetReference) {
    switch reference.location.kind {
    case .path(let given):
      // A path in a job starts at the job's folder, a command at the working folder.
      bytes = (reference.folder.map { FilePath($0).lexicallyNormalized().pushing(given) } ?? given).bytes
      isLocal = true
    case .url(let url): (bytes, isLocal) = (Array(Self.savedName(url).utf8), false)
    case .unreadableURL: (bytes, isLocal) = (Array("asset".utf8), false)
    }
  }

  /// The path in a form that no program reads as an option, a protocol or a list of names.
  public var anchored: [UInt8] {
    let isAnchored = ["/", "./", "../"].contains { bytes.starts(with: $0.utf8) }
    return isAnchored ? bytes : "./".utf8 + bytes
  }

  /// Whether a program that reads images would read the name as a pattern.
  var isPattern: Bool {
    bytes.contains { Self.isPattern($0) || $0 == UInt8(ascii: "~") }
  }

  /// The path of a repaired copy: next to the asset, or in the working folder if a program would read the folder's name
  /// as a pattern.
  func copy(suffix: String, number: Int) -> [UInt8] {
    let path = anchored
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
    let (folder, name) = (path[..<nameStart], path[nameStart...])
    let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == name.startIndex ? nil : $0 }
    let stem = name[..<(dot ?? name.endIndex)].map { Self.isPattern($0) ? UInt8(ascii: "_") : $0 }
    let writtenFolder = folder.contains(where: Self.isPattern) ? Array("./".utf8) : Array(folder)
    return writtenFolder + stem + "-fixed\(number > 1 ? "-\(number)" : "").\(suffix)".utf8
  }

  /// The name under which a URL would be saved.
  private static func savedName(_ url: AssetURL) -> String {
    let last = url.shownPath.unicodeScalars.split(separator: "/").last.map(String.init) ?? ""
    let decoded = last.removingPercentEncoding ?? last
    let isName = !["", ".", ".."].contains(decoded) && !decoded.utf8.contains { "/\0".utf8.contains($0) }
    return isName ? decoded : "asset"
  }

  /// Whether the byte has a special meaning for ImageMagick in a file name.
  private static func isPattern(_ byte: UInt8) -> Bool {
    "*?[]{}%".utf8.contains(byte)
  }
}

extension RepairCommand {
  /// Writes commands for one asset.
  struct Writer {
    let asset: AssetPath
    var imageMagick = ImageMagickProgram.convert

    /// An ImageMagick command that reads the file as `format` and writes it as `output`.
    func imageMagick(_ format: String, _ operations: [String], to output: MediaTarget) -> RepairCommand {
      let source: Word = asset.isPattern ? .text("\(format):-") : .input(prefix: "\(format):")
      return RepairCommand(
        .imageMagick, imageMagick.rawValue,
        [source] + operations.map(Word.text) + [.output(prefix: "\(output.id):")], asset: asset,
        suffix: output.suffix, readsStandardInput: asset.isPattern)
    }

    /// An ffmpeg command with `inputs` of their own options, or the file alone.
    func ffmpeg(
      _ options: [String], to suffix: String, input: [String] = [], inputs: [[Word]]? = nil
    ) -> RepairCommand {
      let source: [Word] =
        inputs?.flatMap(\.self) ?? (input.map(Word.text) + [.text("-i"), .input(prefix: "")])
      return RepairCommand(
        .ffmpeg, "ffmpeg", [.text("-nostdin")] + source + options.map(Word.text) + [.output(prefix: "")],
        asset: asset, suffix: suffix)
    }

    /// An ffmpeg command that reads the file, an image, and writes it as `output`.
    func ffmpegImage(_ options: [String], to output: MediaTarget, input: [String] = []) -> RepairCommand {
      let source: Word = asset.isPattern ? .text("-") : .input(prefix: "")
      return RepairCommand(
        .ffmpeg, "ffmpeg",
        ([.text("-nostdin")] + input.map(Word.text) + [.text("-i"), source] + options.map(Word.text)
          + ["-frames:v", "1", "-update", "1"].map(Word.text) + [.output(prefix: "")]),
        asset: asset, suffix: output.suffix, readsStandardInput: asset.isPattern)
    }

    /// A command that writes a JPEG again with the same coefficients and all its metadata.
    func jpegtran() -> RepairCommand {
      // Status 2 is a warning. The original file causes one.
      RepairCommand(
        .jpegtran, "jpegtran",
        [.text("-copy"), .text("all"), .text("-outfile"), .output(prefix: ""), .input(prefix: "")],
        asset: asset, suffix: MediaTarget.jpeg.suffix, tolerableStatus: 2)
    }

    /// A command that copies the first `bytes` bytes of the file.
    func head(_ bytes: Int64, to suffix: String) -> RepairCommand {
      RepairCommand(
        nil, "head", [.text("-c"), .text("\(bytes)"), .input(prefix: "")], asset: asset, suffix: suffix,
        writesStandardOutput: true)
    }

    /// A command that copies the file under another name.
    func copy(to suffix: String) -> RepairCommand {
      RepairCommand(nil, "cp", [.input(prefix: ""), .output(prefix: "")], asset: asset, suffix: suffix)
    }
  }
}

import AssetSource
import Foundation
import MediaFacts
import SystemPackage

/// Commands that mend an asset, safe to paste: every name is quoted for a POSIX shell and cannot be an option.
struct FixCommand {
  /// The asset as a local path, in bytes: its own, or the name under which a person would save the URL.
  private let path: [UInt8]
  private let program: ImageMagickProgram

  init(_ reference: AssetReference, _ program: ImageMagickProgram = .convert) {
    self.program = program
    switch reference.location.kind {
    case .path(let given):
      // A path in a job starts at the job's folder, a command at the working folder.
      path = (reference.folder.map { FilePath($0).lexicallyNormalized().pushing(given) } ?? given).bytes
    case .url(let url): path = Array(Self.savedName(url).utf8)
    case .unreadableURL: path = Array("asset".utf8)
    }
  }

  /// An ImageMagick command that reads the file as `format` and writes it as `output`.
  func imageMagick(_ format: MediaFormat, _ operations: String, to output: MediaFormat? = nil) -> String {
    let target = output ?? format
    let written = ShellWord.quoted("\(target.id):".utf8 + fixedPath(target))
    let operation = operations.isEmpty ? "" : " \(operations)"
    guard !needsRedirection else {
      return
        "\(program) \(ShellWord.quoted(Array("\(format.id):-".utf8)))\(operation) \(written) < \(ShellWord.quoted(anchored))"
    }
    return "\(program) \(ShellWord.quoted("\(format.id):".utf8 + anchored))\(operation) \(written)"
  }

  /// An ffmpeg command that reads the file and writes it in `output` format.
  func ffmpeg(_ operations: String, to output: MediaFormat) -> String {
    let operation = operations.isEmpty ? "" : " \(operations)"
    return "ffmpeg -i \(ShellWord.quoted(anchored))\(operation) \(ShellWord.quoted(fixedPath(output)))"
  }

  /// An ffmpeg command that reads the file, an image, and writes it as `output`.
  func ffmpegImage(_ operations: String, to output: MediaFormat) -> String {
    let operation = operations.isEmpty ? "" : " \(operations)"
    let source = ShellWord.quoted(anchored)
    let written = "\(operation) -frames:v 1 -update 1 \(ShellWord.quoted(fixedPath(output)))"
    return needsRedirection ? "ffmpeg -i -\(written) < \(source)" : "ffmpeg -i \(source)\(written)"
  }

  /// A command that copies the first `bytes` bytes of the file, which has `format`: nothing is coded anew.
  func head(_ bytes: Int64, of format: MediaFormat) -> String {
    "head -c \(bytes) \(ShellWord.quoted(anchored)) > \(ShellWord.quoted(fixedPath(format)))"
  }

  /// Whether a program that reads images would take the name for a pattern.
  private var needsRedirection: Bool {
    path.contains { Self.isPattern($0) || $0 == UInt8(ascii: "~") }
  }

  // Bytes, never characters: a combining mark behind a slash or a quotation mark hides it from `Character`.

  /// The path, made so that it can be no option, no protocol and no list of names.
  private var anchored: [UInt8] {
    let isAnchored = ["/", "./", "../"].contains { path.starts(with: $0.utf8) }
    return isAnchored ? path : "./".utf8 + path
  }

  /// The name under which a person would save a URL.
  private static func savedName(_ url: AssetURL) -> String {
    let last = url.shownPath.unicodeScalars.split(separator: "/").last.map(String.init) ?? ""
    let decoded = last.removingPercentEncoding ?? last
    let isName = !["", ".", ".."].contains(decoded) && !decoded.utf8.contains { "/\0".utf8.contains($0) }
    return isName ? decoded : "asset"
  }

  /// Where the mended file goes: beside the asset, or into the working folder if the folder's name cannot be written.
  private func fixedPath(_ format: MediaFormat) -> [UInt8] {
    let path = anchored
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex
    let (folder, name) = (path[..<nameStart], path[nameStart...])
    let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == name.startIndex ? nil : $0 }
    let stem = name[..<(dot ?? name.endIndex)].map { Self.isPattern($0) ? UInt8(ascii: "_") : $0 }
    let writtenFolder = folder.contains(where: Self.isPattern) ? Array("./".utf8) : Array(folder)
    return writtenFolder + stem + "-fixed.\(Self.fileExtension(of: format))".utf8
  }

  /// Whether ImageMagick gives the byte a meaning in a file name, whatever the shell does with it.
  private static func isPattern(_ byte: UInt8) -> Bool {
    "*?[]{}%".utf8.contains(byte)
  }

  private static func fileExtension(of format: MediaFormat) -> String {
    format == .jpeg ? "jpg" : format.id
  }
}

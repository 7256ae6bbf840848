import AssetSource
import Foundation
import MediaFacts
import SystemPackage

/// Commands that mend an asset, safe to paste: every name is quoted for a POSIX shell and cannot be an option.
struct FixCommand {
  /// The asset as a local path: its own, or the name under which a person would save the URL.
  private let path: String

  init(_ reference: AssetReference) {
    switch reference.location.kind {
    case .path(let given):
      // A path in a job starts at the job's folder, a command at the working folder.
      path = reference.folder.map { FilePath($0).lexicallyNormalized().pushing(given).string } ?? given.string
    case .url(let url): path = Self.savedName(url)
    case .unreadableURL: path = "asset"
    }
  }

  /// An ImageMagick command that reads the file as `format` and writes it as `output`.
  func imageMagick(_ format: MediaFormat, _ operations: String, to output: MediaFormat? = nil) -> String {
    let target = output ?? format
    let written = ShellWord.quoted("\(target.id):\(fixedPath(target))")
    let operation = operations.isEmpty ? "" : " \(operations)"
    guard !path.unicodeScalars.contains(where: { Self.isPattern($0) || $0 == "~" }) else {
      return "convert \(format.id):-\(operation) \(written) < \(ShellWord.quoted(anchored))"
    }
    return "convert \(ShellWord.quoted("\(format.id):\(anchored)"))\(operation) \(written)"
  }

  /// An ffmpeg command that reads the file and writes it in `output` format.
  func ffmpeg(_ operations: String, to output: MediaFormat) -> String {
    let operation = operations.isEmpty ? "" : " \(operations)"
    return "ffmpeg -i \(ShellWord.quoted(anchored))\(operation) \(ShellWord.quoted(fixedPath(output)))"
  }

  // Scalars, never characters: a combining mark behind a slash or a quotation mark hides it from `Character`.

  /// The path, made so that it can be no option, no protocol and no list of names.
  private var anchored: String {
    let isAnchored = ["/", "./", "../"].contains { path.utf8.starts(with: $0.utf8) }
    return isAnchored ? path : "./\(path)"
  }

  /// The name under which a person would save a URL.
  private static func savedName(_ url: AssetURL) -> String {
    let last = url.path.unicodeScalars.split(separator: "/").last.map(String.init) ?? ""
    let decoded = last.removingPercentEncoding ?? last
    let isName = !["", ".", ".."].contains(decoded) && !decoded.utf8.contains { "/\0".utf8.contains($0) }
    return isName ? decoded : "asset"
  }

  /// Where the mended file goes: beside the asset, or into the working folder if the folder's name cannot be written.
  private func fixedPath(_ format: MediaFormat) -> String {
    let scalars = anchored.unicodeScalars
    let nameStart = scalars.lastIndex(of: "/").map(scalars.index(after:)) ?? scalars.startIndex
    let (folder, name) = (scalars[..<nameStart], scalars[nameStart...])
    let stem = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : name[..<$0] } ?? name
    let plainStem = stem.map { Self.isPattern($0) ? "_" : String($0) }.joined()
    let writtenFolder = folder.contains(where: Self.isPattern) ? "./" : String(folder)
    return "\(writtenFolder)\(plainStem)-fixed.\(Self.fileExtension(of: format))"
  }

  /// Whether ImageMagick gives the scalar a meaning in a file name, whatever the shell does with it.
  private static func isPattern(_ scalar: Unicode.Scalar) -> Bool {
    "*?[]{}%".unicodeScalars.contains(scalar)
  }

  private static func fileExtension(of format: MediaFormat) -> String {
    format == .jpeg ? "jpg" : format.id
  }
}

/// Words of a POSIX shell.
package enum ShellWord {
  /// `text` as one word: as it is where that is safe, else in single quotes.
  package static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", ":", "+", "=", ",": true
      default: false
      }
    }
    if plain, !text.isEmpty { return text }
    // Scalar by scalar: to `Character`, a quotation mark with a combining mark behind it is none.
    let escaped = text.unicodeScalars.map { $0 == "'" ? #"'\''"# : String($0) }.joined()
    return "'\(escaped)'"
  }
}

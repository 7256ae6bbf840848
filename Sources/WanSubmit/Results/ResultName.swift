import Crypto
import Foundation
import MediaFacts

/// The name of a result's file, without folder and extension: the job's id or, without one, the task's, made
/// safe for all usual file systems.
///
/// If characters were changed, eight hexadecimal digits of the id's SHA-256 follow, so that different ids
/// have different names.
public struct ResultName: Sendable, Hashable {
  /// The name without the number that makes it unique in its folder.
  let stem: String

  /// The name of result `number`, from 1, of a task that has `count` results.
  ///
  /// - Parameters:
  ///   - jobID: the id in the job's file; `nil` or empty if it has none.
  ///   - taskID: the provider's id of the task.
  ///   - number: the number of the result; it is part of the name if there are several.
  ///   - count: the number of results.
  public init(jobID: String? = nil, taskID: String, number: Int = 1, of count: Int = 1) {
    let id = jobID.flatMap { $0.isEmpty ? nil : $0 } ?? taskID
    let safe = Self.safe(id)
    var stem = safe
    // Swift's equality treats two spellings of a letter as equal; most file systems do not.
    if !safe.utf8.elementsEqual(id.utf8) {
      stem += "-" + SHA256.hash(data: Data(id.utf8)).hexadecimal.prefix(Self.digits)
    }
    if count > 1 { stem += "-\(number)" }
    self.stem = stem
  }

  /// The file's name at each attempt, from 1; the earlier names were taken.
  func fileName(attempt: Int, fileExtension: String) -> String {
    "\(stem)\(attempt > 1 ? "-\(attempt)" : "").\(fileExtension)"
  }

  /// The number of bytes of an id that are kept. With all additions, a name stays below the 255 bytes
  /// that file systems allow.
  private static let longestPart = 180
  /// The number of hexadecimal digits that distinguish changed ids.
  private static let digits = 8

  private static func safe(_ id: String) -> String {
    var safe = ""
    for scalar in id.unicodeScalars {
      if isSafe(scalar) { safe.unicodeScalars.append(scalar) } else { safe += "_" }
    }
    // Avoids hidden files, options, home folders, and characters that Windows removes.
    safe = String(safe.drop { ".-~ ".contains($0) })
    safe = cut(safe)
    while let last = safe.unicodeScalars.last, ". ".unicodeScalars.contains(last) {
      safe.unicodeScalars.removeLast()
    }
    if safe.isEmpty { return "result" }
    return isReserved(safe) ? "_" + safe : safe
  }

  /// As many whole characters as fit.
  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longestPart else { return text }
    var cut = ""
    for character in text {
      guard cut.utf8.count + String(character).utf8.count <= longestPart else { break }
      cut.append(character)
    }
    return cut
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "/", "\\", ":", "*", "?", "\"", "<", ">", "|", "`", "$", "!", "'": return false
    case " ": return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether Windows treats a name with this beginning as a device, whatever its extension.
  private static func isReserved(_ name: String) -> Bool {
    let device = name.prefix { $0 != "." }.uppercased()
    let word = String(device.reversed().drop { $0 == " " }.reversed())
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(word) { return true }
    guard word.hasPrefix("COM") || word.hasPrefix("LPT"), word.count == 4, let digit = word.last else {
      return false
    }
    return "0123456789¹²³".contains(digit)
  }
}

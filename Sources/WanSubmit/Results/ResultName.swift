import Crypto
import Foundation
import MediaFacts

/// The name of a result's file, without folder and extension: the job's id, else the task's, as far as it is safe on
/// every usual file system.
///
/// What had to be changed is followed by eight hexadecimal digits of the id's SHA-256, so that two ids that differ do
/// not become one name.
public struct ResultName: Sendable, Hashable {
  /// The name before what makes it unique in its folder.
  let stem: String

  /// The name of the result number `number`, from 1, of a task that has `count` of them.
  ///
  /// - Parameters:
  ///   - jobID: the id that the job's file gives it; `nil` or empty if it has none.
  ///   - taskID: the provider's name of the task.
  ///   - number: which of the results it is; told in the name if there are several.
  ///   - count: how many there are.
  public init(jobID: String? = nil, taskID: String, number: Int = 1, of count: Int = 1) {
    let id = jobID.flatMap { $0.isEmpty ? nil : $0 } ?? taskID
    let safe = Self.safe(id)
    var stem = safe
    // Swift's equality takes two spellings of a letter for the same; file systems mostly do not.
    if !safe.utf8.elementsEqual(id.utf8) {
      stem += "-" + SHA256.hash(data: Data(id.utf8)).hexadecimal.prefix(Self.digits)
    }
    if count > 1 { stem += "-\(number)" }
    self.stem = stem
  }

  /// The file's name at the first attempt, the second, and so on: each where those before it are taken.
  func fileName(attempt: Int, fileExtension: String) -> String {
    "\(stem)\(attempt > 1 ? "-\(attempt)" : "").\(fileExtension)"
  }

  /// Bytes of an id that are kept; with all that is added, a name stays below the 255 that file systems allow.
  private static let longestPart = 180
  /// Hexadecimal digits that tell changed ids apart.
  private static let digits = 8

  private static func safe(_ id: String) -> String {
    var safe = ""
    for scalar in id.unicodeScalars {
      if isSafe(scalar) { safe.unicodeScalars.append(scalar) } else { safe += "_" }
    }
    // Hidden files, options, home folders, and what Windows drops.
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

  /// Whether Windows takes a name that begins like this for a device, whatever its extension.
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

import JobDocuments
import Locations

/// The line of a job file that a finding is about, in a form that is safe to show. Secrets are hidden, control characters
/// are visible, tabs are spaces, and a long line is cut to the part around the value.
public struct SourceExcerpt: Sendable, Hashable {
  /// The line before the value; a leading `…` says that more was cut.
  public private(set) var before = ""
  /// The value, or the key, that the finding is about; empty at the end of a line.
  public private(set) var value = ""
  /// The line after the value; a final `…` says that more was cut.
  public private(set) var after = ""

  /// Characters of each part that are kept.
  private static let longestPart = 240

  /// The line of `source` around `position`; `nil` if there is no such place, or nothing is on the line.
  init?(of source: SourceText, at position: SourcePosition) {
    guard let part = source.part(around: position) else { return nil }
    let bytes = part.bytes
    let marked = part.offset..<SourceToken.end(in: part)
    let pieces = SourceRedaction.pieces(of: part, until: marked.upperBound + Self.longestPart * 4)
    for piece in pieces {
      guard let replacement = piece.replacement else {
        before += Self.shown(bytes, piece.range.clamped(to: bytes.startIndex..<marked.lowerBound))
        value += Self.shown(bytes, piece.range.clamped(to: marked))
        after += Self.shown(bytes, piece.range.clamped(to: marked.upperBound..<bytes.endIndex))
        continue
      }
      if piece.range.overlaps(marked) {
        value += replacement
      } else if piece.range.lowerBound < marked.lowerBound {
        before += replacement
      } else {
        after += replacement
      }
    }
    guard (before + value + after).contains(where: { !$0.isWhitespace }) else { return nil }
    if before.count > Self.longestPart || part.isCut.before { before = "…" + before.suffix(Self.longestPart) }
    if value.count > Self.longestPart { (value, after) = (value.prefix(Self.longestPart) + "…", "") }
    let isCutAfter = part.isCut.after || (pieces.last?.range.upperBound ?? 0) < bytes.endIndex
    if after.count > Self.longestPart || (isCutAfter && !value.hasSuffix("…")) {
      after = after.prefix(Self.longestPart) + "…"
    }
  }

  private static func shown(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>) -> String {
    displayText(String(decoding: bytes[range], as: UTF8.self).replacing("\t", with: "    "))
  }
}

/// Hides secrets in a line of a job file: those that messages hide, and the values of keys that name a secret.
enum SourceRedaction {
  /// A part of a line, and what is shown in its place; `nil`: the part itself.
  struct Piece {
    var range: Range<Int>
    var replacement: String?

    init(_ range: Range<Int>, _ replacement: String? = nil) {
      self.range = range
      self.replacement = replacement
    }
  }

  /// The parts of a line in order, as far as `limit`.
  static func pieces(of part: SourceText.Part, until limit: Int) -> [Piece] {
    let bytes = part.bytes
    var pieces: [Piece] = []
    var key = ""
    var index = bytes.startIndex
    // A string that begins before the part, or on an earlier line, cannot be judged.
    if let end = endOfOpenString(part) {
      pieces.append(Piece(index..<end, "…"))
      if end < bytes.endIndex { pieces.append(Piece(end..<end + 1)) }
      index = min(end + 1, bytes.endIndex)
    }
    while index < min(limit, bytes.endIndex) {
      if bytes[index] == UInt8(ascii: "\"") {
        let end = SourceToken.closingQuote(in: bytes, from: index + 1)
        let content = index + 1..<(end ?? bytes.endIndex)
        let text = SourceToken.unescaped(bytes[content])
        let isKey = end.map { SourceToken.isKey(bytes, endingAt: $0) } ?? false
        let isUnfinished = end == nil && part.isCut.after
        pieces.append(Piece(index..<content.lowerBound))
        pieces.append(Piece(content, isUnfinished ? "…" : hidden(text, after: isKey ? "" : key)))
        if let end { pieces.append(Piece(end..<end + 1)) }
        if isKey {
          key = text
        } else if text.contains(where: { $0.isLetter || $0.isNumber }) {
          key = ""
        }
        index = end.map { $0 + 1 } ?? bytes.endIndex
        continue
      }
      let isBlank = bytes[index].isBlank
      let end = bytes[(index + 1)...].firstIndex { $0.isBlank != isBlank || $0 == UInt8(ascii: "\"") }
      let range = index..<(end ?? bytes.endIndex)
      index = range.upperBound
      let word = String(decoding: bytes[range], as: UTF8.self)
      let isKey = word.count > 1 && word.hasSuffix(":")
      // A URL without quotation marks may end in a colon too.
      let name = isKey ? String(word.drop { "{[,".contains($0) }.dropLast()) : word
      let replacement = isBlank ? nil : hidden(name, after: isKey ? "" : key)
      pieces.append(Piece(range, isKey ? replacement.map { _ in "…:" } : replacement))
      // A value in YAML ends at the end of its line, or in braces at a comma.
      let isBeforeQuote = end.map { bytes[$0] == UInt8(ascii: "\"") } ?? false
      if isKey || (isBeforeQuote && isSecret(word)) {
        key = word
      } else if word.hasSuffix(",") {
        key = ""
      }
    }
    return pieces
  }

  /// What is shown instead of `text`, a word or a whole string after `key`; `nil`: the text itself.
  private static func hidden(_ text: String, after key: String) -> String? {
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    if isSecret(key) { return "…" }
    // Short words without such characters are never redacted; most are names of fields and numbers.
    if text.utf8.count < 16, !text.utf8.contains(where: { "/?#@=%\\".utf8.contains($0) }) { return nil }
    let plain = displayText(text)
    let location = AssetLocation(text).displayText
    let isContent = location == "data:…" || location == "base64:…"
    let isLocation = isContent || text.contains("://") || !text.contains { $0.isWhitespace }
    let shown = isLocation ? location : displayText(Redactor.words(text))
    return shown == plain ? nil : shown
  }

  private static let secretNames = [
    "key", "token", "secret", "passw", "auth", "credential", "cookie", "signature", "bearer",
  ]

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return secretNames.contains { name.contains($0) }
  }

  /// The end of the string that is open at the beginning of the part; `nil` if no string is open.
  private static func endOfOpenString(_ part: SourceText.Part) -> Int? {
    guard let first = SourceToken.closingQuote(in: part.bytes, from: part.bytes.startIndex) else {
      return part.beginsInString ? part.bytes.endIndex : nil
    }
    if part.beginsInString { return first }
    // In YAML, a string may continue on later lines, and its last line then has an odd number of quotes.
    guard part.isYAML, !part.isCut.before, !part.isCut.after, first < part.offset else { return nil }
    var (quotes, last) = (1, first)
    while let next = SourceToken.closingQuote(in: part.bytes, from: last + 1) {
      (quotes, last) = (quotes + 1, next)
    }
    return quotes.isMultiple(of: 2) ? nil : first
  }
}

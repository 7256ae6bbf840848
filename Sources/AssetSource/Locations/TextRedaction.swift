/// A text from a job or a document as it may stand in a message: if it is a URL that stands where none belongs, without user
/// info, query and tokens in its path.
package func withoutSecrets(_ text: String) -> String {
  guard text.utf8.contains(where: { "?@#".utf8.contains($0) }) else {
    return text.utf8.contains(UInt8(ascii: "/")) ? PathSecrets.redact(text) : text
  }
  // A colour, a question and the like, whatever stands before a colon.
  guard ["//", "@", "=", "."].contains(where: text.contains) else { return text }
  let shown = AssetLocation(text).displayText
  return shown == displayText(text) ? text : shown
}

/// A text of a person as it may be shown, with each of its words as `withoutSecrets` has it.
package func withoutSecrets(inWordsOf text: String) -> String {
  text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).reduce(into: "") {
    shown, word in
    if word.startIndex > text.startIndex { shown.append(text[text.index(before: word.startIndex)]) }
    shown += withoutSecrets(String(word))
  }
}

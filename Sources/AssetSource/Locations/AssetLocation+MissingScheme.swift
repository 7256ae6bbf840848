extension AssetLocation {
  /// Whether a path looks like a URL whose scheme was left out: `cdn.example.net/a.png`.
  package var looksLikeHost: Bool {
    guard path != nil, let slash = text.firstIndex(of: "/"), slash != text.startIndex else { return false }
    let labels = text[..<slash].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1 else { return false }
    return last.allSatisfy(\.isLetter) && labels.allSatisfy { !$0.isEmpty }
  }
}
